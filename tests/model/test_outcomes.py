"""The registry of outcomes: every one says which way is better, and from which difference on it matters."""

import pytest

from kastje.model import OUTCOMES
from kastje.model.outcomes import Outcome


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.name)
def test_a_difference_that_matters_can_be_seen_in_the_figure_as_it_is_shown(outcome: Outcome) -> None:
    assert outcome.matters > 0.0
    assert round(outcome.matters * outcome.scale, 9) >= 10.0**-outcome.decimals
    assert outcome.written(outcome.matters, sign=True).startswith("+")


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.name)
def test_what_matters_is_said_in_one_short_line_in_both_languages(outcome: Outcome) -> None:
    assert set(outcome.matters_because) == {"nl", "en"}
    assert outcome.matters_because["nl"] != outcome.matters_because["en"]
    assert all(line.endswith(".") and 2 <= len(line.split()) <= 20 for line in outcome.matters_because.values())


def test_what_matters_is_in_the_outcomes_own_numbers() -> None:
    assert OUTCOMES["lead_time_days_mean"].matters == 1.0
    assert OUTCOMES["on_time_share"].matters == 0.01
    assert OUTCOMES["satisfaction"].matters == 0.01


def test_a_price_has_a_better_way_and_yet_no_change_of_it_is_an_improvement() -> None:
    hours = OUTCOMES["lever_hours"]
    assert (hours.price, hours.better, hours.improves) == (True, -1, 0)
    others = [outcome for outcome in OUTCOMES.values() if outcome.name != "lever_hours"]
    assert all(outcome.improves == outcome.better and not outcome.price for outcome in others)
