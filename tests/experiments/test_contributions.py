"""Contributions of lessons: known games, what must hold for any game, and the real model."""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from kastje.experiments.difference.compare import compare
from kastje.experiments.difference.shapley import added, alone, orders, shapley
from kastje.experiments.difference.variants import Variants, contributions, figures_of
from kastje.experiments.runs import shared
from kastje.experiments.runs.runner import Pair
from kastje.experiments.runs.watch import Watch
from kastje.model import OUTCOMES, Scenario
from kastje.model.caches import empty

THREE = (0, 1, 2)
LESSONS = ("shared_information", "ownership", "lived_vision")


def game(k: int, worth: Callable[[set[int]], float]) -> np.ndarray:
    """The worth of every coalition of k members, in the order of their bits."""
    return np.array([worth({i for i in range(k) if coalition >> i & 1}) for coalition in range(1 << k)])


def random_game(k: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=1 << k)


def test_the_glove_game() -> None:
    """One left glove and two right ones, a pair is worth 1: 2/3 and twice 1/6, as the textbooks have it."""
    gloves = game(3, lambda members: float(0 in members and bool(members & {1, 2})))
    assert shapley(gloves) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert added(gloves, THREE) == pytest.approx([0, 1, 0])
    assert added(gloves, (2, 1, 0)) == pytest.approx([1, 0, 0])
    assert alone(gloves) == pytest.approx([0, 0, 0])


def test_the_airport_game() -> None:
    """Runways of 1, 2 and 3: each length is shared by those who need it."""
    airport = game(3, lambda members: float(max(members, default=-1) + 1))
    assert shapley(airport) == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 1])


@pytest.mark.parametrize("k", [1, 2, 5, 8])
@pytest.mark.parametrize("values", [shapley, lambda worth: added(worth, orders(len(worth).bit_length() - 1, 1, 7)[0])])
def test_contributions_add_up(values: Callable[[np.ndarray], np.ndarray], k: int) -> None:
    worth = 1e4 * random_game(k)
    assert values(worth).shape == (k,)
    assert abs(values(worth).sum() - (worth[-1] - worth[0])) < 1e-9


def test_the_value_is_the_mean_over_all_orders() -> None:
    worth, k = random_game(4), 4
    means = np.zeros(k)
    for order in itertools.permutations(range(k)):
        means += added(worth, order)
    assert shapley(worth) == pytest.approx(means / math.factorial(k))


def test_members_that_do_the_same_get_the_same() -> None:
    by_size = [0.0, 3.0, 4.0, -2.0, 7.0]
    assert np.ptp(shapley(game(4, lambda members: by_size[len(members)]))) < 1e-12


def test_who_adds_nothing_gets_nothing() -> None:
    worth = random_game(3)
    with_dummy = np.concatenate([worth, worth])
    assert shapley(with_dummy) == pytest.approx([*shapley(worth), 0.0])
    assert added(with_dummy, (3, 1, 0, 2))[3] == 0.0


def test_several_games_at_once() -> None:
    worth = np.random.default_rng(2).normal(size=(8, 5, 3))
    assert shapley(worth)[:, 4, 2] == pytest.approx(shapley(worth[:, 4, 2]))


def test_no_lessons_no_contributions() -> None:
    assert shapley(np.array([3.0])).shape == added(np.array([3.0]), ()).shape == (0,)


def test_an_order_and_its_reverse_are_exact_where_members_act_by_two() -> None:
    dice = np.random.default_rng(3)
    by_two = np.triu(dice.normal(size=(5, 5)))
    worth = game(5, lambda members: sum(by_two[i, j] for i in members for j in members))
    for order in orders(5, 6, 1):
        assert (added(worth, order) + added(worth, order[::-1])) / 2 == pytest.approx(shapley(worth))


def test_orders_drawn_by_lot_give_the_value_in_the_mean() -> None:
    """Over 4,000 orders the standard error of a member's mean is below 0.03."""
    worth = random_game(4)
    drawn = [added(worth, order) for order in orders(4, 4000, 5)]
    assert np.mean(drawn, axis=0) == pytest.approx(shapley(worth), abs=0.12)


def test_each_member_comes_once_at_each_place() -> None:
    drawn = np.array(orders(8, 16, 1))
    for block in (drawn[:8], drawn[8:]):
        assert all(sorted(column) == list(range(8)) for column in block.T)
        assert all(sorted(row) == list(range(8)) for row in block)
    assert orders(8, 16, 1) == [tuple(row) for row in drawn]
    assert len({tuple(row) for row in drawn}) == 16


@dataclass(frozen=True)
class Made:
    """Outcomes of a made-up run."""

    figures: dict[str, float]
    acts: dict[str, dict[str, float]]

    def as_dict(self) -> dict[str, float]:
        return dict(self.figures)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[str, ...], int]]:
    """A made-up model: ownership and vision help each other; `trust` has no value when ownership is there alone."""
    runs: list[tuple[tuple[str, ...], int]] = []

    def simulate(scenario: Scenario, seed: int = 1, *, log: bool = False) -> Made:
        x = dict(scenario.lessons)
        runs.append((tuple(lesson for lesson, value in x.items() if value), seed))
        fit = seed + 2.0 * x["ownership"] + x["lived_vision"] + 4.0 * x["ownership"] * x["lived_vision"]
        trust = math.nan if x["ownership"] and not x["lived_vision"] else fit
        acts = {"keep": {"opportunities": 10.0, "done": fit}, "ask": {"opportunities": 0.0, "done": 0.0}}
        return Made({"fit": fit, "trust": trust, "satisfaction": seed * x["ownership"]}, acts)

    monkeypatch.setattr(shared, "simulate", simulate)
    empty("variants")
    yield runs
    empty("variants")


@pytest.fixture
def choice(today: Scenario) -> Scenario:
    return today.with_lessons(**dict.fromkeys(LESSONS, 1.0))


@pytest.fixture
def pairs(engine: list, choice: Scenario) -> list[Pair]:
    found = [Pair(s, shared.simulate(choice.baseline(), s), shared.simulate(choice, s)) for s in (3, 4, 5)]
    engine.clear()
    return found


def all_of(variants: Variants, jobs) -> None:
    assert list(variants.run(jobs))[-1:] in ([0], [])


def test_an_estimate_comes_first_and_adds_up(engine: list, choice: Scenario, pairs: list[Pair]) -> None:
    variants = Variants(choice, pairs)
    with pytest.raises(ValueError, match="at least the runs"):
        variants.contributions()
    all_of(variants, variants.one_order())
    assert len(engine) == 2 * 3
    found = variants.contributions()
    assert not found.exact
    assert found.orders == 1
    fit = found.of("fit")
    assert sum(part.mean for part in fit.by_lesson.values()) == pytest.approx(7.0)
    # Whichever of the two comes last gets the 4 of both on top of its own.
    assert round(fit.by_lesson["ownership"].mean * 3) in (6, 10, 14, 18)
    assert fit.alone == {}
    assert fit.interaction is None


def test_the_reverse_makes_it_right_where_lessons_act_by_two(engine: list, choice: Scenario, pairs: list[Pair]) -> None:
    variants = Variants(choice, pairs)
    for stage in (variants.one_order(), variants.reversed_order()):
        all_of(variants, stage)
    assert len(engine) == 4 * 3
    found = variants.contributions()
    assert (found.exact, found.orders) == (False, 2)
    assert [found.of("fit").by_lesson[lesson].mean for lesson in LESSONS] == pytest.approx([0.0, 4.0, 3.0])


def test_a_seed_that_is_finished_is_exact_beside_others_that_are_not(
    engine: list, choice: Scenario, pairs: list[Pair]
) -> None:
    variants = Variants(choice, pairs)
    all_of(variants, variants.one_order())
    all_of(variants, [job for job in variants.every() if job[1] == 1])
    found = variants.contributions()
    assert (found.exact_seeds, variants.exact_seeds(), found.exact) == (1, 1, False)
    column = found.names.index("fit")
    assert found.parts[:, 1, column] == pytest.approx([0.0, 4.0, 3.0])
    assert found.parts[:, :, column].sum(axis=0) == pytest.approx([7.0] * 3)


def test_exactly_what_two_lessons_do_together_is_shared(engine: list, choice: Scenario, pairs: list[Pair]) -> None:
    variants = Variants(choice, pairs)
    all_of(variants, variants.every())
    assert len(engine) == 6 * 3
    found = variants.contributions()
    assert found.exact
    fit = found.of("fit")
    assert [fit.by_lesson[lesson].mean for lesson in LESSONS] == pytest.approx([0.0, 4.0, 3.0])
    assert [fit.alone[lesson].mean for lesson in LESSONS] == [0.0, 2.0, 1.0]
    assert fit.interaction is not None
    assert fit.interaction.mean == pytest.approx(4.0)
    assert fit.difference.mean == pytest.approx(7.0)
    assert found.of("act.keep").by_lesson["ownership"].mean == pytest.approx(0.4)
    noise = found.of("satisfaction").by_lesson["ownership"]
    assert noise.mean == pytest.approx(4.0)
    assert noise.low < 4.0 < noise.high
    with pytest.raises(KeyError):
        found.of("beauty")


def test_what_a_variant_does_not_have_is_not_made_up(engine: list, choice: Scenario, pairs: list[Pair]) -> None:
    variants = Variants(choice, pairs)
    all_of(variants, variants.every())
    trust = variants.contributions().of("trust")
    assert trust.difference.mean == pytest.approx(7.0)
    assert trust.by_lesson == {}
    assert trust.interaction is None
    assert variants.contributions().of("act.ask").by_lesson == {}


def test_variants_are_run_once_for_everybody(engine: list, choice: Scenario, pairs: list[Pair]) -> None:
    all_of(first := Variants(choice, pairs), first.every())
    engine.clear()
    all_of(again := Variants(choice, pairs), again.every())
    assert engine == []
    fewer = choice.with_lessons(shared_information=0.0)
    all_of(part := Variants(fewer, pairs), part.every())
    assert engine == []


def test_who_cancels_is_left_in_peace(engine: list, choice: Scenario, pairs: list[Pair]) -> None:
    variants = Variants(choice, pairs)
    assert list(variants.run(variants.every(), watch=Watch(cancelled=lambda: True))) == []
    assert engine == []


def test_one_lesson_needs_no_run(engine: list, today: Scenario, pairs: list[Pair]) -> None:
    found = Variants(today.with_lessons(ownership=1.0), pairs).contributions()
    assert found.exact
    assert engine == []
    assert found.of("fit").by_lesson["ownership"].mean == pytest.approx(7.0)
    assert Variants(today, pairs).contributions().of("fit").by_lesson == {}


@pytest.mark.engine
def test_with_the_real_model_they_add_up_to_the_difference_shown(today: Scenario) -> None:
    empty("variants")
    scenario = today.with_lessons(shared_information=1.0, early_participation=0.5, lived_vision=1.0)
    comparison = compare(scenario, replications=3, seed=11)
    told: list[tuple[int, int]] = []
    found = contributions(scenario, comparison, watch=Watch(lambda *of: told.append(of)))
    assert told[-1] == (18, 18)
    assert found.exact
    for name in OUTCOMES:
        explained, shown = found.of(name), comparison.difference[name]
        assert explained.difference == shown or math.isnan(shown.mean)
        if explained.by_lesson:
            assert abs(sum(part.mean for part in explained.by_lesson.values()) - shown.mean) < 1e-9
    assert found.of("lead_time_days_mean").by_lesson
    assert found.of("act.look_up").difference.mean > 0
    assert set(figures_of(comparison.pairs[0].scenario)) >= {"act.look_up", "fit"}
