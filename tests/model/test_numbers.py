"""Numbers count by what they are worth, whichever library made them; what is no number is refused in one line."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kastje.experiments import run_once
from kastje.model import LESSONS, PARAMETERS, InputError, Municipality, Scenario, simulate
from kastje.model.numbers import number, plain, whole
from kastje.model.simulate import seed_of

WHOLE_TYPES = (int, np.int8, np.uint8, np.int16, np.int32, np.uint32, np.int64, np.uint64, np.array, Decimal, Fraction)
REAL_TYPES = (float, np.float16, np.float32, np.float64, np.longdouble, np.array, Decimal, Fraction)
NO_NUMBERS = (True, False, np.True_, np.array(False), "3", b"3", [1], np.array([1]), 1j, np.datetime64(1, "D"))
TODAY = Scenario.load("wageningen")


def line_of(error: pytest.ExceptionInfo[InputError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    assert len(text) <= 200
    assert "np." not in text
    return text


@given(st.integers(0, 127), st.sampled_from(WHOLE_TYPES))
def test_a_whole_number_of_any_library_is_that_number(value, kind):
    for found in (whole(kind(value)), seed_of(kind(value))):
        assert found == value
        assert type(found) is int
    assert number(kind(value)) == value


@given(st.integers(0, 2**63 - 1))
def test_a_seed_keeps_its_last_digit(value):
    assert seed_of(value) == seed_of(np.int64(value)) == value


@given(st.floats(0.0, 1.0, width=16), st.sampled_from(REAL_TYPES), st.sampled_from(LESSONS))
def test_an_intensity_of_any_library_counts_by_its_value(value, kind, lesson):
    given_ = TODAY.with_lessons(**{lesson: kind(value)})
    assert given_ == TODAY.with_lessons(**{lesson: value})
    assert type(given_.lessons[lesson]) is float
    assert given_.key() == TODAY.with_lessons(**{lesson: value}).key()


@given(st.sampled_from([p for p in PARAMETERS.values() if p.whole]), st.sampled_from(WHOLE_TYPES), st.data())
def test_a_parameter_that_is_a_whole_number_takes_one_of_any_library(parameter, kind, data):
    value = data.draw(st.integers(int(parameter.low), int(min(parameter.high, 127))))
    assert TODAY.with_parameters(**{parameter.short: kind(value)}).value(parameter.short) == value


@given(st.sampled_from([p for p in PARAMETERS.values() if p.whole]), st.floats(0.01, 0.99), st.sampled_from(REAL_TYPES))
def test_a_fraction_is_refused_where_a_whole_number_is_meant(parameter, part, kind):
    with pytest.raises(InputError, match="a whole number from") as error:
        TODAY.with_parameters(**{parameter.short: kind(parameter.low + part)})
    line_of(error)


@given(st.floats(0.01, 1e9).filter(lambda value: not value.is_integer()), st.sampled_from((float, np.float64, Decimal)))
def test_a_seed_that_is_a_fraction_is_refused_and_never_cut(value, kind):
    assert whole(kind(value)) is None
    for run in (lambda seed: run_once(seed=seed), lambda seed: simulate(TODAY, seed)):
        with pytest.raises(InputError, match=r"seed is .*, expected a whole number from 0 to") as error:
            run(kind(value))
        line_of(error)


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_what_is_no_number_is_refused_in_one_line_everywhere(value):
    assert math.isnan(number(value))
    assert whole(value) is None
    for give in (
        lambda: TODAY.with_lessons(ownership=value),
        lambda: TODAY.with_lessons(all=value),
        lambda: TODAY.with_lessons(start_day=value),
        lambda: TODAY.with_lessons(ramp_days=value),
        lambda: TODAY.with_starts(ownership=value),
        lambda: TODAY.with_parameters(load=value),
        lambda: run_once(seed=value, profile="wageningen"),
        lambda: run_once(seed=1, profile="wageningen", ownership=value),
        lambda: simulate(TODAY, value),
        lambda: Municipality(TODAY, value),
    ):
        with pytest.raises(InputError) as error:
            give()
        line_of(error)


@pytest.mark.parametrize("value", [math.nan, math.inf, np.float32("nan"), np.float64("-inf"), 10**400, -(10**400)])
def test_what_has_no_end_is_refused_in_one_line(value):
    for give in (
        lambda: TODAY.with_lessons(ownership=value),
        lambda: TODAY.with_parameters(load=value),
        lambda: simulate(TODAY, value),
    ):
        with pytest.raises(InputError) as error:
            give()
        line_of(error)


@pytest.mark.parametrize("value", [-1, np.int64(-1), 2**63, np.uint64(2**63)])
def test_a_seed_that_the_state_of_a_run_cannot_hold_is_refused(value):
    with pytest.raises(InputError, match="seed is"):
        simulate(TODAY, value)


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_run_with_numbers_of_numpy_is_the_run_with_plain_ones():
    plain_ = run_once(seed=1, profile="wageningen", horizon_days=14, runin_days=7, ownership=0.5)
    for kind in (np.int32, np.uint64, np.float32, np.array):
        made = run_once(
            seed=kind(1), profile="wageningen", horizon_days=kind(14), runin_days=kind(7), ownership=np.float32(0.5)
        )
        assert made == pytest.approx(plain_, rel=0, abs=0, nan_ok=True)
    municipality = Municipality(TODAY.with_parameters(horizon_days=14, runin_days=7), rng=np.int64(1), log=False)
    assert municipality.state.run["seed"][0] == 1


def test_plain_leaves_what_is_not_of_numpy_as_it_is():
    for value in ("text", 3, None, [1]):
        assert plain(value) is value
