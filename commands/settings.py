"""What `NAME=VALUE` settings of the command line ask for: lessons, parameters, factors, weights."""

import math
from collections.abc import Iterable

from kastje.commands.phrase import phrase
from kastje.experiments.designs.levers import ALL
from kastje.model import LESSONS, InputError
from kastje.model.errors import given_twice, one_of_two, unexpected, unknown, wrong
from kastje.model.errors import phrase as of_the_model
from kastje.model.parameters import find
from kastje.model.phrase import Phrase

LESSON, SET, FACTOR, OUTCOME, DAYS = "--lesson", "--set", "--factor", "--outcome", "--days"


def read_lessons(settings: Iterable[str]) -> dict[str, float]:
    """Which intensities `NAME=0..1` settings ask for; `all=1` sets every lesson, and what comes later wins."""
    intensities: dict[str, float] = {}
    for setting in settings:
        name, number = _read(setting, LESSON, phrase("form.lesson"))
        if name != ALL and name not in LESSONS:
            raise unknown(LESSON, name, (*LESSONS, ALL))
        if not 0 <= number <= 1:
            raise unexpected(f"{LESSON} {name}", number, of_the_model("expected.between", low=0, high=1))
        intensities.update(dict.fromkeys(LESSONS if name == ALL else (name,), number))
    return intensities


def read_parameters(settings: Iterable[str]) -> dict[str, float]:
    """Which values `PARAMETER=VALUE` settings ask for, by dotted name; what comes later wins."""
    values: dict[str, float] = {}
    for setting in settings:
        name, number = _read(setting, SET, phrase("form.parameter"))
        try:
            parameter = find(name)
        except InputError as error:
            raise wrong(SET, error.said) from None
        values[parameter.name] = parameter.check(number, SET)
    return values


def with_days(parameters: dict[str, float], days: int | None) -> dict[str, float]:
    """These parameters with the horizon of `--days`. Raises InputError when `--set` gives one too."""
    if days is None:
        return parameters
    name = find("horizon_days").name
    if name in parameters:
        raise one_of_two(DAYS, f"{SET} {name}")
    return parameters | {name: find(name).check(days, DAYS)}


def read_factor(setting: str) -> tuple[str, tuple[float, float] | None]:
    """The factor that a `NAME` or `NAME=LOW..HIGH` setting asks for, and its bounds where they are given."""
    name, equals, bounds = (part.strip() for part in setting.partition("="))
    if not equals:
        return name, None
    low, dots, high = bounds.partition("..")
    ends = _number(low), _number(high)
    if not (name and dots and all(map(math.isfinite, ends))):
        raise unexpected(FACTOR, setting, phrase("form.factor"))
    return name, ends


def read_weights(settings: Iterable[str]) -> dict[str, float]:
    """The weights that `NAME` (weight 1) or `NAME=WEIGHT` settings ask for."""
    weights: dict[str, float] = {}
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        if name in weights:
            raise given_twice(f"{OUTCOME} {name}")
        weights[name] = _number(text) if equals else 1.0
        if not math.isfinite(weights[name]):
            raise unexpected(f"{OUTCOME} {name}", text, phrase("form.weight"))
    return weights


def _read(setting: str, option: str, form: Phrase) -> tuple[str, float]:
    name, equals, text = (part.strip() for part in setting.partition("="))
    if not (equals and name and text):
        raise unexpected(option, setting, form)
    number = _number(text)
    if not math.isfinite(number):
        raise unexpected(f"{option} {name}", text, phrase("form.number", form=form))
    return name, int(number) if number.is_integer() else number


def _number(text: str) -> float:
    """The number that a text is; NaN when it is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan
