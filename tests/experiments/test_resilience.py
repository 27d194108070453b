"""Recovery from a surge: when it counts as back, and what the command prints."""

import json
import math

import numpy as np
import pytest

from experiments.cli import main
from experiments.resilience import recovery, weeks_until_back
from model import Scenario


def test_back_is_within_ten_per_cent_for_four_weeks_on_end():
    calm = np.full(12, 10.0)
    surged = np.array([10, 15, 14, 13, 10.5, 13, 10.9, 10.8, 10.2, 10.1, 10, 10.0])
    assert weeks_until_back(calm, surged, 2) == 4.0
    assert math.isnan(weeks_until_back(calm, np.full(12, 12.0), 2))


def test_a_larger_surge_is_felt_more(engine):
    scenario = Scenario.load("wageningen")
    small, large = (recovery(scenario, extra=extra, weeks=8, replications=3) for extra in (0.1, 1.5))
    assert small.worst < large.worst
    assert large.weeks > 0.0 or large.not_back == 1.0
    assert large.replications == 3


def test_the_command_gives_one_json_document(engine, capsys):
    assert main(["resilience", "wageningen", "--extra", "0.5", "--weeks", "2", "--replications", "2", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["surge"] == {"extra": 0.5, "weeks": 2}
    assert set(document["today"]) == {"weeks_until_back", "not_back_within_a_year", "worst_ratio"}


@pytest.mark.parametrize("extra", ["0", "10", "many"])
def test_a_wrong_surge_gets_one_line(extra, capsys):
    assert main(["resilience", "wageningen", "--extra", extra]) == 2
    printed = capsys.readouterr().err
    assert "--extra" in printed
    assert printed.count("\n") == 1
