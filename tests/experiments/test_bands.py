"""Where today lands: what counts as in the band, outside, accounted for and not available."""

import math

import pytest

from kastje.experiments.runs.runner import Runs
from kastje.experiments.studies.bands import Landing, landings
from kastje.model import Scenario
from kastje.model.bands import Band, bands_for
from kastje.model.reading import Text


def landing(value: float, reason: Text | None = None) -> Landing:
    label, source = Text(nl="contacten", en="contacts"), Text(nl="een logboek", en="a log")
    return Landing(Band(name="contacts", label=label, low=1.1, high=1.4, source=source), value, reason)


@pytest.mark.parametrize(
    ("value", "inside"), [(1.1, True), (1.25, True), (1.4, True), (1.0, False), (1.5, False), (math.nan, None)]
)
def test_inside(value: float, inside: bool | None) -> None:
    assert landing(value).inside is inside


def test_a_figure_outside_is_accounted_for_when_the_profile_says_why() -> None:
    assert landing(1.25).accounted_for
    assert not landing(2).accounted_for
    assert landing(2, Text(nl="maar één domein", en="one domain only")).accounted_for


def test_a_figure_is_the_mean_over_the_runs(counted, today: Scenario) -> None:
    found = {one.band.name: one for one in landings(today, Runs(3))}
    assert set(found) == {band.name for band in bands_for(today)}
    if "contacts" in found:
        assert found["contacts"].value == 2
    assert all(math.isnan(one.value) for name, one in found.items() if name != "contacts")
