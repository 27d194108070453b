"""A difference, how sure it is and what may be said of it: against theory, simulation, and figures by hand."""

import math

import numpy as np
import pytest
from scipy import stats

from kastje.experiments.difference.difference import Arms, Difference
from kastje.experiments.difference.mean import Mean, side
from kastje.experiments.difference.verdict import CLEAR, Verdict, Word, in_per_cent, pairs_to_tell, verdict
from kastje.experiments.difference.yardstick import FIGURES, PLAIN, Yardstick, yardstick
from kastje.model import OUTCOMES

DAYS = Yardstick(-1, 1.0)
"""Of a lead time: fewer days are better, and one is the least that matters."""
MARKS = Yardstick(1, 0.1)
NAN = math.nan


def of(*differences: float, by: Yardstick = DAYS) -> Difference:
    """The difference of pairs that differ so much."""
    return Difference.of([0.0] * len(differences), differences, by)


def between(low: float, high: float, n: int = 20, by: Yardstick = DAYS) -> Difference:
    """A difference with this interval."""
    return Difference(Mean.from_interval((low + high) / 2.0, low, high, n), by)


def test_mean_and_paired_t_interval() -> None:
    # Differences 1, 2, 3, 6: mean 3, standard deviation sqrt(14/3), t(0.975; 3) = 3.182446.
    difference = Difference.of([10, 10, 10, 10], [11, 12, 13, 16], PLAIN)
    half = 3.182446305284263 * math.sqrt(14 / 3) / 2
    assert difference.mean == 3
    assert difference.low == pytest.approx(3 - half, abs=1e-9)
    assert difference.high == pytest.approx(3 + half, abs=1e-9)
    assert difference.sd == pytest.approx(math.sqrt(14 / 3))
    assert difference.n == 4


def test_the_interval_is_that_of_the_paired_t_test() -> None:
    draws = np.random.default_rng(1)
    today, choice = draws.normal(50, 5, 20), draws.normal(48, 5, 20)
    difference = Difference.of(today, choice, PLAIN)
    expected = stats.ttest_rel(choice, today).confidence_interval(0.95)
    assert (difference.low, difference.high) == pytest.approx((expected.low, expected.high), rel=1e-12)


@pytest.mark.parametrize(("better", "alternative"), [(1, "less"), (0, "less"), (-1, "greater")])
def test_certainty_is_the_p_value_of_the_paired_t_test_that_it_goes_the_other_way(
    better: int, alternative: str
) -> None:
    """Of a figure of which more is better (or of neither): that the true difference is a rise, given the pairs."""
    draws = np.random.default_rng(2)
    today, choice = draws.normal(50, 5, 12), draws.normal(51, 5, 12)
    expected = stats.ttest_rel(choice, today, alternative=alternative).pvalue
    assert Difference.of(today, choice, Yardstick(better)).certainty == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("pairs", [2, 5, 20, 100])
@pytest.mark.parametrize("better", [-1, 0, 1])
def test_certainty_is_one_half_when_nothing_differs_however_many_pairs(pairs: int, better: int) -> None:
    """It is then uniform between 0 and 1. The mean of 4,000 such has a standard error of .0046: 4 of them are allowed.

    The share of pairs with the sign of their own mean is .75 for two pairs and .57 for twenty, and the larger of both
    sides .75 for any number: neither is a chance of anything.
    """
    draws = np.random.default_rng((pairs, better + 1)).normal(0.0, 3.0, (4000, pairs))
    found = [Difference(Mean.of(values), Yardstick(better)).certainty for values in draws]
    assert np.mean(found) == pytest.approx(0.5, abs=4 * math.sqrt(1 / 12 / 4000))
    assert stats.kstest(found, "uniform").pvalue > 1e-4


def test_certainty_of_an_improvement_and_of_the_same_the_other_way_add_up_to_one() -> None:
    there = of(1.0, 3.0, 2.0, 7.0, by=MARKS)
    back = of(-1.0, -3.0, -2.0, -7.0, by=MARKS)
    assert there.certainty + back.certainty == pytest.approx(1.0)
    assert of(1.0, 3.0, 2.0, 7.0, by=DAYS).certainty == pytest.approx(back.certainty)


@pytest.mark.parametrize(
    ("differences", "by", "certainty"),
    [
        ((0.0, 0.0, 0.0), DAYS, 0.5),
        ((2.0, 2.0, 2.0), MARKS, 1.0),
        ((2.0, 2.0, 2.0), PLAIN, 1.0),
        ((2.0, 2.0, 2.0), DAYS, 0.0),
        ((-2.0, -2.0), DAYS, 1.0),
        ((-2.0, -2.0), PLAIN, 0.0),
    ],
)
def test_pairs_that_all_differ_equally_are_certain_and_one_half_when_they_do_not_differ(
    differences: tuple[float, ...], by: Yardstick, certainty: float
) -> None:
    assert of(*differences, by=by).certainty == certainty


def test_below_two_pairs_nothing_is_certain_and_nothing_has_an_interval() -> None:
    one = of(2.0)
    assert (one.mean, one.n) == (2.0, 1)
    assert math.isnan(one.certainty)
    assert one.as_dict() == {"mean": 2.0, "low": None, "high": None, "certainty": None}
    assert Difference.of([NAN], [1.0], DAYS).as_dict() == dict.fromkeys(("mean", "low", "high", "certainty"))


def test_pairs_of_which_a_value_is_not_available_are_left_out() -> None:
    arms = Arms.of([1.0, NAN, 3.0, 5.0], [2.0, 2.0, NAN, 8.0], PLAIN)
    assert (arms.baseline.mean, arms.scenario.mean) == (3.0, 5.0)
    assert (arms.difference.mean, arms.difference.n) == (2.0, 2)
    apart = Arms.of([1.0, NAN], [NAN, 4.0], PLAIN)
    assert (apart.baseline.mean, apart.scenario.mean, apart.difference.n) == (1.0, 4.0, 0)


def test_a_document_that_has_the_interval_has_the_certainty() -> None:
    full = of(1.0, 3.0, 2.0, 7.0, by=MARKS)
    read = Difference(Mean.from_interval(full.mean, full.low, full.high, full.n), MARKS)
    assert (read.sd, read.certainty) == pytest.approx((full.sd, full.certainty))
    assert math.isnan(Difference(Mean.from_interval(2.0, NAN, NAN, 5), MARKS).certainty)


def test_a_share_has_the_interval_of_wilson() -> None:
    share = Mean.of_share([1.0, 0.0, 0.0, 0.0])
    expected = stats.binomtest(1, 4).proportion_ci(0.95, "wilson")
    assert (share.mean, share.n) == (0.25, 4)
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize(
    ("low", "high", "by", "word"),
    [
        (-5.0, -2.0, DAYS, Word.BETTER),
        (2.0, 5.0, DAYS, Word.WORSE),
        (2.0, 5.0, MARKS, Word.BETTER),
        (-5.0, -2.0, MARKS, Word.WORSE),
        (2.0, 5.0, Yardstick(0, 1.0), Word.HIGHER),
        (-5.0, -2.0, Yardstick(0, 1.0), Word.LOWER),
        # The interval holds zero, if only just, however small the mean or large the certainty.
        (-5.0, 0.0, DAYS, Word.UNCLEAR),
        (-0.1, 5.0, DAYS, Word.UNCLEAR),
        (-5.0, 0.1, Yardstick(0, 0.05), Word.UNCLEAR),
        # Within a day either way: hardly any, whether zero lies in it or not.
        (-1.0, 1.0, DAYS, Word.HARDLY),
        (0.2, 0.9, DAYS, Word.HARDLY),
        (-0.9, -0.2, DAYS, Word.HARDLY),
        # Clearly shorter; by how much is not known so well, and it may be more than a day.
        (-1.1, -0.2, DAYS, Word.BETTER),
        (-0.9, -0.2, Yardstick(-1), Word.BETTER),
        (0.0, 0.0, DAYS, Word.SAME),
        (0.0, 0.0, PLAIN, Word.SAME),
    ],
)
def test_the_word_follows_from_the_interval_and_what_matters(
    low: float, high: float, by: Yardstick, word: Word
) -> None:
    assert verdict(between(low, high, by=by)).word is word


def test_without_pairs_nothing_is_said_and_with_one_it_is_unclear() -> None:
    assert verdict(Difference.of([NAN], [NAN], DAYS)) == Verdict(Word.NONE, pytest.approx(NAN, nan_ok=True))
    for only in (of(-9.0), of(0.0)):
        found = verdict(only)
        assert (found.word, found.pairs, found.clear) == (Word.UNCLEAR, None, False)


def test_a_direction_is_named_just_when_the_chance_of_the_other_one_is_below_one_in_forty() -> None:
    """The interval and the certainty are one thing: 95 % in the middle leaves 2.5 % at either side."""
    draws = np.random.default_rng(3)
    words = set()
    for _ in range(2000):
        found = verdict(of(*draws.normal(draws.normal(0.0, 2.0), 3.0, 8), by=Yardstick(-1)))
        words.add(found.word)
        assert (found.word is Word.BETTER) == (found.certainty > 0.975)
        assert (found.word is Word.WORSE) == (found.certainty < 0.025)
        assert found.clear == (found.word in CLEAR)
    assert words == {Word.BETTER, Word.WORSE, Word.UNCLEAR}


def test_so_many_pairs_would_tell_and_one_fewer_would_not() -> None:
    """The same mean and spread over as many pairs as it takes is no longer unclear: tried for 500 that are."""
    draws = np.random.default_rng(4)
    told = 0
    while told < 500:
        unclear = of(*draws.normal(draws.normal(0.0, 1.5), draws.uniform(0.5, 20.0), int(draws.integers(2, 30))))
        found = verdict(unclear)
        if found.word is not Word.UNCLEAR:
            continue
        assert found.pairs is not None
        assert found.pairs > unclear.n
        assert verdict(spread_over(unclear, found.pairs)).word is not Word.UNCLEAR
        assert verdict(spread_over(unclear, found.pairs - 1)).word is Word.UNCLEAR
        told += 1


def spread_over(found: Difference, pairs: int) -> Difference:
    """A difference with the same mean and standard deviation over another number of pairs."""
    half = stats.t.ppf(0.975, pairs - 1) * found.sd / math.sqrt(pairs)
    return Difference(Mean(found.mean, found.mean - half, found.mean + half, found.sd, pairs), found.by)


def test_how_many_pairs_would_tell_by_hand() -> None:
    # Mean 0, s = 4 days, d = 1: the interval must be 1 either way, so n = (t 4)**2; t(0.975; 62) = 1.99897, 63.94.
    assert pairs_to_tell(Difference(Mean(0.0, -2.0, 2.0, 4.0, 18), DAYS)) == 64
    # Half a day: half a day either way tells it from zero, or from a day: (t 8)**2 with t(0.975; 248) = 1.9696, 248.3.
    assert pairs_to_tell(Difference(Mean(0.5, -2.0, 3.0, 4.0, 12), DAYS)) == 249
    # Ten days: t(0.975; 2) = 4.303, and 4.303 x 4 / sqrt(3) = 9.94.
    assert pairs_to_tell(Difference(Mean(10.0, -26.0, 46.0, 4.0, 2), DAYS)) == 3
    assert pairs_to_tell(Difference(Mean(0.0, -2.0, 2.0, 4.0, 18), PLAIN)) is None
    assert pairs_to_tell(of(3.0)) is None


def test_only_of_an_unclear_difference_it_is_said_how_many_pairs_would_tell() -> None:
    assert verdict(between(-5.0, -2.0)).pairs is None
    assert verdict(between(-0.5, 0.5)).pairs is None
    assert verdict(between(-5.0, 1.0)).pairs is not None


@pytest.mark.parametrize(
    ("certainty", "written"),
    [(0.0, ("<", 1)), (0.004, ("<", 1)), (0.006, ("", 1)), (0.5, ("", 50)), (0.994, ("", 99)), (1.0, (">", 99))],
)
def test_a_certainty_is_never_written_as_nought_or_a_hundred(certainty: float, written: tuple[str, int]) -> None:
    assert in_per_cent(certainty) == written


def test_an_interval_that_ends_at_a_value_holds_it() -> None:
    assert [side(*ends) for ends in ((0.0, 1.0), (-1.0, 0.0), (0.1, 1.0), (-1.0, -0.1), (NAN, NAN))] == [0, 0, 1, -1, 0]
    assert side(2.0, 3.0, 2.0) == 0
    assert side(2.1, 3.0, 2.0) == 1


def test_every_outcome_has_a_yardstick_and_what_is_none_has_one_or_is_refused() -> None:
    assert {yardstick(name).better for name in OUTCOMES} == {-1, 0, 1}
    assert all(yardstick(name).matters > 0.0 for name in OUTCOMES)
    assert yardstick("lever_hours").better == 0
    assert yardstick("act.keep") == yardstick("act.record") == Yardstick(0, 0.02)
    assert FIGURES.keys().isdisjoint(OUTCOMES)
    with pytest.raises(KeyError):
        yardstick("no_such_figure")


def test_a_difference_prints_what_a_reader_needs_to_the_last_digit() -> None:
    assert str(of(2.0, 2.0)) == "mean=2.0, low=2.0, high=2.0, certainty=0.0, n=2, sd=0.0"
    assert str(of(2.0)) == "mean=2.0, low=nan, high=nan, certainty=nan, n=1, sd=nan"
