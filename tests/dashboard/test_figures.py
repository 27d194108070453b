"""Figures say no more than the numbers do: better or worse, how sure, and nothing where nothing is known."""

import csv
import io

import pytest

from kastje.dashboard.figures.figures import ENOUGH, TILES, csv_text, figures, flattered
from kastje.dashboard.figures.monthly import lines_of
from kastje.dashboard.policy.footer import snippet
from kastje.dashboard.texts import texts
from kastje.dashboard.visit.state import Choice
from kastje.model import OUTCOMES

NL, EN = texts("nl"), texts("en")


@pytest.fixture
def figure(comparison_of):
    """The English tile of an outcome that changes by so much: figure(name, change, pairs=20)."""
    return lambda name, change, pairs=20: figures(comparison_of({name: change}, pairs), EN, (name,))[0]


def test_faster_is_better_and_slower_is_worse(figure) -> None:
    assert figure("lead_time_days_mean", -3.0).tone == "better"
    assert figure("lead_time_days_mean", 3.0).tone == "worse"


def test_more_on_time_is_better(figure) -> None:
    assert figure("on_time_share", 0.2).tone == "better"
    assert "%-points" in figure("on_time_share", 0.2).change


def test_no_difference_is_said_to_be_none(figure) -> None:
    same = figure("trust", 0.0)
    assert (same.verdict, same.dots, same.range) == ("no difference", -1, "")


def test_a_difference_that_rounds_to_nothing_gets_no_arrow(figure) -> None:
    hardly = figure("lead_time_days_mean", 0.001)
    assert (hardly.change, hardly.tone) == ("", "same")


def test_what_is_not_available_is_said_so_and_is_never_0(comparison_of) -> None:
    comparison = comparison_of({}, gone="trust")
    assert figures(comparison, NL, ("trust",))[0].value == "niet beschikbaar"
    assert figures(comparison, EN, ("trust",))[0].value == "not available"
    assert figures(comparison, EN, ("trust",))[0].change == ""


def test_few_replications_claim_no_certainty(figure) -> None:
    early = figure("lead_time_days_mean", -3.0, ENOUGH - 1)
    assert (early.dots, early.range) == (-1, "")
    assert early.certainty == "too early to say"


def test_enough_replications_show_range_and_certainty(figure) -> None:
    full = figure("lead_time_days_mean", -3.0, ENOUGH)
    assert full.dots == 3
    assert full.range
    assert "almost certain" in full.spoken


def test_the_hours_of_the_lessons_are_a_cost_and_not_a_verdict(figure) -> None:
    hours = figure("lever_hours", 500.0)
    assert (hours.tone, hours.verdict) == ("neutral", "higher")


def test_before_the_first_answer_tiles_have_names_and_no_values() -> None:
    assert [one.name for one in figures(None, NL)] == list(TILES)
    assert {one.value for one in figures(None, NL)} == {"…"}


def test_more_open_cases_give_a_warning(comparison_of) -> None:
    assert flattered(comparison_of({"open_share": 0.1}))
    assert not flattered(comparison_of({"open_share": -0.1}))
    assert not flattered(None)


def test_tiles_always_hold_the_open_cases_and_the_hours() -> None:
    assert {"open_share", "lever_hours"} <= set(TILES)


@pytest.mark.parametrize(("words", "delimiter", "point"), [(NL, ";", ","), (EN, ",", ".")])
def test_the_csv_has_every_outcome_and_leaves_open_what_is_not_available(
    words, delimiter: str, point: str, comparison_of
) -> None:
    text = csv_text(comparison_of({"trust": 0.25}, gone="fit"), words)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    assert [row[0] for row in rows[1:]] == list(OUTCOMES)
    assert {len(row) for row in rows} == {len(rows[0])}
    by_name = {row[0]: row for row in rows}
    assert by_name["fit"][3:8] == [""] * 5
    assert by_name["trust"][4] == f"0{point}75"


def test_lines_leave_out_what_is_not_available(comparison_of) -> None:
    lines = lines_of(comparison_of({}, gone="fit"), "fit")
    assert set(lines["choice"]) == {None}


def test_shares_are_drawn_as_percentages(comparison_of) -> None:
    lines = lines_of(comparison_of({}), "on_time_share")
    assert set(lines["today"]) == {50.0}


def test_no_lines_before_the_first_answer() -> None:
    assert lines_of(None, "fit") == {}


def test_the_snippet_rebuilds_the_very_scenario() -> None:
    choice = Choice(profile="groningen", steps=(1, 0, 0, 5, 0, 0, 0, 6), load=1.15, start=30, ramp=0, seed=7)
    head = (
        snippet(choice)
        .split("comparison =")[0]
        .replace("from kastje.experiments.difference.compare import compare", "")
    )
    space: dict = {}
    exec(head, space)
    assert space["scenario"].key() == choice.scenario().key()
    assert "seed=7" in snippet(choice)
