"""Settings of the command line: what they ask for, and the one line that says what is wrong with one."""

import pytest

from kastje.commands import settings
from kastje.model import LESSONS, InputError


def test_all_sets_every_lesson_and_what_comes_later_wins() -> None:
    assert settings.read_lessons(["all=1", "ownership=0"]) == dict.fromkeys(LESSONS, 1) | {"ownership": 0}
    assert set(settings.read_lessons(["ownership=0.3", "all=1"]).values()) == {1}


def test_a_parameter_has_a_short_and_a_dotted_name() -> None:
    assert settings.read_parameters(["load=1.2"]) == settings.read_parameters(["work.load=1.2"]) == {"work.load": 1.2}


@pytest.mark.parametrize(
    ("setting", "parts"),
    [
        ("ownershp=1", ["--lesson", "ownershp", "did you mean 'ownership'", "shared_information"]),
        ("ownership=1.5", ["--lesson", "ownership", "1.5", "0 to 1"]),
        ("ownership=-0.1", ["--lesson", "ownership", "-0.1", "0 to 1"]),
        ("ownership=nan", ["--lesson", "ownership", "nan", "number"]),
        ("ownership=much", ["--lesson", "ownership", "much", "number"]),
        ("ownership=", ["--lesson", "ownership=", "NAME=INTENSITY"]),
        ("ownership", ["--lesson", "ownership", "NAME=INTENSITY"]),
        ("=1", ["--lesson", "=1", "NAME=INTENSITY"]),
    ],
)
def test_a_wrong_lesson_gets_one_line(setting: str, parts: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        settings.read_lessons([setting])
    assert_one_line_with(str(caught.value), parts)


@pytest.mark.parametrize(
    ("setting", "parts"),
    [
        ("lod=1", ["--set", "lod", "did you mean 'load'"]),
        ("load=99", ["--set", "work.load", "99", "expected a number from"]),
        ("load=inf", ["--set", "load", "inf", "number"]),
        ("load", ["--set", "load", "PARAMETER=VALUE"]),
    ],
)
def test_a_wrong_parameter_gets_one_line(setting: str, parts: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        settings.read_parameters([setting])
    assert_one_line_with(str(caught.value), parts)


@pytest.mark.parametrize("setting", ["load=1", "load=a..b", "load=..", "=0..1"])
def test_a_wrong_factor_gets_one_line(setting: str) -> None:
    with pytest.raises(InputError) as caught:
        settings.read_factor(setting)
    assert_one_line_with(str(caught.value), ["--factor", setting, "NAME=LOW..HIGH"])


def test_a_factor_has_bounds_or_none() -> None:
    assert settings.read_factor("load=0.8..1.2") == ("load", (0.8, 1.2))
    assert settings.read_factor("ownership") == ("ownership", None)


def test_a_weight_is_one_unless_it_is_given() -> None:
    assert settings.read_weights(["fit", "trust=0.5"]) == {"fit": 1.0, "trust": 0.5}


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        (["fit=much"], ["--outcome fit", "much", "NAME=WEIGHT"]),
        (["fit", "fit=2"], ["--outcome fit", "given twice"]),
    ],
)
def test_a_wrong_weight_gets_one_line(given: list[str], parts: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        settings.read_weights(given)
    assert_one_line_with(str(caught.value), parts)


def assert_one_line_with(line: str, parts: list[str]) -> None:
    assert "\n" not in line
    assert [part for part in parts if part not in line] == []
