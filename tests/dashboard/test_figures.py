"""Figures say no more than the numbers do: better or worse, how sure, and nothing where nothing is known."""

import csv
import io

import pytest

from kastje.dashboard.figures import saying
from kastje.dashboard.figures.figures import TILES, csv_text, figures, flattered
from kastje.dashboard.figures.monthly import lines_of
from kastje.dashboard.policy.footer import snippet
from kastje.dashboard.texts import texts
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.verdict import Verdict, Word
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
    assert (same.verdict, same.chance, same.range) == ("no difference", -1.0, "")


def test_a_difference_that_rounds_to_nothing_gets_no_arrow(figure) -> None:
    hardly = figure("lead_time_days_mean", 0.001)
    assert (hardly.change, hardly.tone, hardly.certainty) == ("", "hardly", "")


def test_a_difference_that_is_too_small_to_matter_is_shown_and_called_hardly_any(figure) -> None:
    hardly = figure("lead_time_days_mean", -0.6)
    assert (hardly.change, hardly.verdict) == ("\N{MINUS SIGN}0.6", "hardly any difference")


def test_what_is_not_available_is_said_so_and_is_never_0(comparison_of) -> None:
    comparison = comparison_of({}, gone="trust")
    assert figures(comparison, NL, ("trust",))[0].value == "niet beschikbaar"
    assert figures(comparison, EN, ("trust",))[0].value == "not available"
    assert figures(comparison, EN, ("trust",))[0].change == ""


def test_one_replication_claims_no_certainty(figure) -> None:
    early = figure("lead_time_days_mean", -3.0, 1)
    assert (early.chance, early.range, early.tone) == (-1.0, "", "unclear")
    assert early.certainty == "too early to say"


def test_from_two_replications_on_there_are_range_and_certainty(figure) -> None:
    full = figure("lead_time_days_mean", -3.0, 2)
    assert (full.chance, full.percent) == (100.0, "> 99%")
    assert full.range
    assert "chance of improvement: > 99%" in full.spoken


def test_a_change_for_the_worse_has_a_small_chance_of_improvement(figure) -> None:
    worse = figure("lead_time_days_mean", 3.0)
    assert (worse.tone, worse.certainty, worse.chance) == ("worse", "chance of improvement: < 1%", 0.0)


def test_where_neither_way_is_better_the_chance_is_that_of_a_rise(figure) -> None:
    assert figure("handovers_per_case", 0.5).certainty == "chance of a rise: > 99%"
    assert figure("handovers_per_case", -0.5).certainty == "chance of a rise: < 1%"


def test_the_hours_of_the_lessons_are_a_price_and_not_a_verdict(figure) -> None:
    hours = figure("lever_hours", 500.0)
    assert (hours.tone, hours.verdict, hours.certainty, hours.chance) == ("higher", "higher", "", -1.0)


@pytest.mark.parametrize(
    ("needed", "said"),
    [(7, "about 7"), (64, "about 64"), (1234, "about 1,300"), (10_000, "about 10,000"), (10_001, "more than 10,000")],
)
def test_how_many_replications_would_tell_has_two_digits_at_most(needed: int, said: str) -> None:
    assert saying.pairs(Verdict(Word.UNCLEAR, 0.6, needed), EN) == f"{said} replications needed to tell"
    assert saying.pairs(Verdict(Word.BETTER, 0.99), EN) == ""


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
