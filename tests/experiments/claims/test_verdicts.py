"""The checker of claims can say no: planted faults, conditions that it has to name, and noise."""

import math

import numpy as np
import pytest

from kastje.experiments.studies.claims import DEPENDS, FAILS, HOLDS, UNCLEAR, Ruling
from kastje.experiments.studies.claims.verdicts import Split, holm, judge

THREE_DAYS = 3.0


def shorter(values, organisation):
    """Ownership takes three days off, everywhere."""
    return 60.0 - THREE_DAYS * values.get("ownership", 0.0)


def only(condition):
    """Ownership takes three days off where the condition is met, and adds three elsewhere."""

    def rule(values, organisation):
        sign = -1.0 if condition(values, organisation) else 1.0
        return 60.0 + sign * THREE_DAYS * values.get("ownership", 0.0)

    return rule


@pytest.fixture
def claim(planted):
    return planted.claim


@pytest.fixture
def verdict(planted):
    def of(one, rule, **how) -> Ruling:
        return judge(one, planted.world(one, rule, **how))

    return of


def test_what_is_so_everywhere_holds(claim, verdict) -> None:
    found = verdict(claim(), shorter)
    assert found.verdict == HOLDS
    assert found.count(HOLDS) == len(found.cells) == 2 * (3 + 6)
    assert found.splits == ()


def test_a_claim_turned_round_fails(claim, verdict) -> None:
    turned = claim(outcomes=[{"outcome": "lead_time_days_mean", "direction": "higher", "at_least": 1}])
    found = verdict(turned, shorter)
    assert found.verdict == FAILS
    assert found.count(FAILS) == found.opposite == len(found.cells)


def test_an_effect_that_is_surely_too_small_to_matter_fails_and_is_not_called_the_opposite(claim, verdict) -> None:
    large = claim(outcomes=[{"outcome": "lead_time_days_mean", "direction": "lower", "at_least": 5}])
    found = verdict(large, shorter)
    assert (found.verdict, found.opposite) == (FAILS, 0)


@pytest.mark.parametrize(
    ("name", "condition", "fails"),
    [
        ("act_rule", lambda v, _: v["act.form"] != 1.0, ("product",)),
        ("load", lambda v, _: v["work.load"] < 1.1, ("1.15",)),
        ("profile", lambda _, o: o.startswith("tilburg"), ("permits",)),
        ("disappointment", lambda v, _: v["resident.disconfirmation"] == 1.0, ("off",)),
        ("pressure", lambda v, _: v["act.pressure"] == 1.0, ("off",)),
        ("labels", lambda _, o: "relabelled" not in o, ("relabelled",)),
    ],
)
def test_a_claim_that_fails_under_one_circumstance_depends_on_it_by_name(
    claim, verdict, name, condition, fails
) -> None:
    found = verdict(claim(), only(condition))
    assert found.verdict == DEPENDS
    assert [(one.dimensions, one.fails) for one in found.splits] == [((name,), fails)]
    assert f"fails at {fails[0]}" in found.why


def test_a_claim_that_holds_under_one_act_rule_only_names_it(claim, verdict) -> None:
    found = verdict(claim(), only(lambda values, _: values["act.form"] == 0.0))
    assert found.splits == (Split(("act_rule",), ("logit",), ("product", "minimum")),)
    assert "on the act-rule: holds at logit; fails at product, minimum" in found.why


def test_two_circumstances_together_are_named_when_no_single_one_tells(claim, verdict) -> None:
    found = verdict(claim(), only(lambda v, o: not (o.startswith("permits") and v["work.load"] == 1.15)))
    assert found.verdict == DEPENDS
    assert [(one.dimensions, one.fails) for one in found.splits] == [(("profile", "load"), ("permits with 1.15",))]
    assert "on the profile and the load: fails at permits with 1.15" in found.why


def test_seeds_that_say_something_else_are_named(claim, planted) -> None:
    one = claim()
    study = planted.world(one, shorter)
    places, far = study.runs["far"]
    turned = far.copy()
    for point, place in places.items():
        if dict(point[1]).get("ownership"):
            turned.loc[place, "lead_time_days_mean"] = (
                turned.loc[place, "lead_time_days_mean"].to_numpy() + 2 * THREE_DAYS
            )
    study.runs["far"] = (places, turned)  # type: ignore[index]
    assert [split.dimensions for split in judge(one, study).splits] == [("seeds",)]


def test_noise_cannot_be_told(claim, verdict) -> None:
    found = verdict(claim(), lambda values, _: 60.0, noise=30.0)
    assert found.verdict == UNCLEAR
    assert found.count(UNCLEAR) > found.count(FAILS)


def test_more_pairs_tell_what_few_cannot(claim, verdict) -> None:
    few, many = (verdict(claim(), shorter, noise=3.0, replications=n) for n in (4, 200))
    assert (few.verdict, many.verdict) == (UNCLEAR, HOLDS)


def test_one_unlucky_cell_of_many_is_not_taken_for_a_condition(claim, verdict) -> None:
    """Forty-eight times no effect beside a threshold of nothing much: some cells fail by chance, and none surely."""
    none = claim(
        outcomes=[{"outcome": "lead_time_days_mean", "direction": "lower", "at_least": 0.001}],
        where={"profiles": ["tilburg", "permits"]},
    )
    found = verdict(none, lambda values, _: 60.0, noise=5.0, layout="full", replications=8)
    assert len(found.cells) == 2 * 3 * 3 * 2 * 2 * 2 * 2
    assert found.count(FAILS) + found.count(HOLDS) > 0
    assert found.verdict == UNCLEAR


def test_a_pair_that_is_not_available_leaves_a_cell_unclear(claim, planted) -> None:
    one = claim()
    study = planted.world(one, shorter)
    places, first = study.runs["first"]
    first.loc[places[study.study.point(study.study.cells(one)[0], (("ownership", 1.0),))], "lead_time_days_mean"] = (
        math.nan
    )
    found = judge(one, study)
    assert found.cells[0].status == UNCLEAR
    assert found.cells[0].effects[0].found.n == 0
    assert found.verdict == UNCLEAR


def test_all_outcomes_of_a_claim_have_to_be_so(claim, verdict) -> None:
    both = claim(
        outcomes=[
            {"outcome": "lead_time_days_mean", "direction": "lower", "at_least": 1},
            {"outcome": "fit", "direction": "higher", "at_least": 1},
        ]
    )
    better, worse = (lambda v, _, s=s: s * 3.0 * v.get("ownership", 0.0) for s in (1.0, -1.0))
    assert verdict(both, shorter, also={"fit": better}).verdict == HOLDS
    assert verdict(both, shorter, also={"fit": worse}).verdict == FAILS


def test_the_best_of_several_is_no_longer_the_best_when_one_does_as_well(claim, verdict) -> None:
    rivals = {"of": {"ownership": 1}, "against": [{"lived_vision": 1}, {"integral_working": 1}]}
    best = claim(contrast=rivals)
    assert verdict(best, shorter).verdict == HOLDS
    found = verdict(best, lambda v, o: shorter(v, o) - THREE_DAYS * v.get("integral_working", 0.0))
    assert found.verdict == FAILS
    assert {effect.against for effect in found.cells[0].effects} == {"lived_vision", "integral_working"}


def test_no_worse_and_negligible_have_a_margin(claim, verdict) -> None:
    def with_margin(direction: str, margin: float) -> str:
        said = {"outcome": "lead_time_days_mean", "direction": direction, "margin": margin}
        return verdict(claim(outcomes=[said]), lambda v, _: 60.0 + 3.0 * v.get("ownership", 0.0)).verdict

    assert with_margin("no_worse", 4.0) == with_margin("negligible", 4.0) == HOLDS
    assert with_margin("no_worse", 2.0) == with_margin("negligible", 2.0) == FAILS


def test_a_gain_is_no_worse_and_not_negligible(claim, verdict) -> None:
    worse, nothing = (
        {"outcome": "lead_time_days_mean", "direction": direction, "margin": 1}
        for direction in ("no_worse", "negligible")
    )
    assert verdict(claim(outcomes=[worse]), shorter).verdict == HOLDS
    assert verdict(claim(outcomes=[nothing]), shorter).verdict == FAILS


def test_a_cell_in_which_more_cases_stay_open_is_marked(claim, verdict) -> None:
    opened = verdict(claim(), shorter, also={"open_share": lambda v, _: 5.0 * v.get("ownership", 0.0)})
    assert opened.flattered == len(opened.cells)
    assert "more cases stay open" in opened.why
    assert verdict(claim(), shorter).flattered == 0


def test_holm_is_holm() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, math.nan]) == [1.0, 1.0]
    assert holm([]) == []
    chance = np.random.default_rng(1)
    p = chance.uniform(size=20) ** 3
    order = np.argsort(p)
    by_hand = np.minimum(1.0, np.maximum.accumulate(p[order] * np.arange(20, 0, -1)))
    assert np.allclose(np.array(holm(list(p)))[order], by_hand)
