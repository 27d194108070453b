"""Wrong input: one line that says which file, field and value, and what was expected."""

import re
import tomllib
from pathlib import Path

import pytest

from kastje.evidence.verification.textbook import profile_path
from kastje.model import InputError, Scenario, bands, parameters
from kastje.model.process import Process
from kastje.model.profile import shipped

PROFILE = profile_path("mm1").read_text(encoding="utf-8")
PROCESS = profile_path("service").read_text(encoding="utf-8")


TEXTS = 'label = { nl = "Hoeveel", en = "How much" }\nsource = { nl = "een bron", en = "a source" }\n'
TEXTS += "low = 1.0\nhigh = 2.0\n"
PARAMETER = f'[work.load]\n{TEXTS}unit = "times"\ndefault = 1.0\nstatus = "assumed"\n'
BAND = f"[general.calls]\n{TEXTS}"


def complaint(tmp_path: Path, profile: str = PROFILE, process: str = PROCESS) -> str:
    (tmp_path / "service.toml").write_text(process, encoding="utf-8")
    path = tmp_path / "my.toml"
    path.write_text(profile, encoding="utf-8")
    with pytest.raises(InputError) as error:
        Scenario.load(path)
    text = str(error.value)
    assert "\n" not in text
    assert_dutch(error.value)
    return text


def assert_dutch(error: InputError) -> None:
    """The same line in Dutch: the places that a file has are the same, the words are not English."""
    dutch = error.in_language("nl")
    assert "\n" not in dutch
    assert dutch.split(": ")[0] == str(error).split(": ")[0]
    assert not {"expected", "missing", "known", "field", "the", "with", "that"} & set(re.findall(r"[a-z_.]+", dutch))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id = ", 'notes = { volume = { nl = "Zoveel." } }\nid = ', ["field notes.volume.en is missing"]),
        ("id = ", 'notes = { volume = { nl = "Zoveel.", en = "" } }\nid = ', ["notes.volume.en is ''", "not empty"]),
        ("id = ", "notes = { volume = 3 }\nid = ", ["notes.volume is 3", "a text, or a table with nl and en"]),
        ("id = ", 'source = { en = "Counted." }\nid = ', ["field source.nl is missing"]),
    ],
)
def test_a_text_that_lacks_a_language_is_told(tmp_path, old, new, words):
    text = complaint(tmp_path, profile=PROFILE.replace(old, new, 1))
    assert "my.toml" in text
    for word in words:
        assert word in text, text


def test_one_string_serves_for_both_languages(tmp_path):
    path = tmp_path / "my.toml"
    extra = 'source = "Geteld in 2025."\nnotes = { volume = "Zoveel.", staff = "" }\n'
    path.write_text(extra + PROFILE.replace("service.toml", str(profile_path("service"))), encoding="utf-8")
    profile = Scenario.load(path).profile
    assert profile.source is not None
    assert {profile.source.in_language(language) for language in ("nl", "en")} == {"Geteld in 2025."}
    assert {profile.notes["volume"].in_language(language) for language in ("nl", "en")} == {"Zoveel."}


@pytest.mark.parametrize(
    ("registry", "text", "words"),
    [
        (parameters.registry, PARAMETER.replace(', en = "How much"', ""), ["p.toml: work.load", "label.en is missing"]),
        (parameters.registry, PARAMETER.replace('nl = "een bron"', 'nl = ""'), ["work.load", "source.nl", "not empty"]),
        (parameters.registry, PARAMETER.replace('"times"', '"furlongs"'), ["field unit is 'furlongs'", "times"]),
        (parameters.registry, PARAMETER.replace('"assumed"', '"guessed"'), ["status", "'assumed', 'calibrated'"]),
        (bands.registry, BAND.replace(', en = "a source"', ""), ["p.toml: general.calls", "source.en is missing"]),
        (bands.registry, BAND.replace("low = 1.0", 'low = "x"'), ["low is 'x'", "a number"]),
    ],
)
def test_a_registry_that_lacks_something_is_told(registry, text, words):
    with pytest.raises(InputError) as error:
        registry(text, "p.toml")
    assert_dutch(error.value)
    for word in words:
        assert word in str(error.value)


def test_shipped_files_say_all_in_both_languages():
    """A string for both languages is for a municipality of one's own."""
    for folder in ("profiles", "processes"):
        for path in shipped(folder).values():
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            for text in [table["source"], *table.get("notes", {}).values()]:
                assert set(text) == {"nl", "en"}, path.name


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("staff = 1", "staff = 0", ["my.toml", "departments[1].teams[1].staff", "0", "greater than or equal to 1"]),
        ("staff = 1", 'staff = "many"', ["staff", "'many'", "whole number"]),
        ("staff = 1", "stafff = 1", ["stafff", "did you mean 'staff'"]),
        ("staff = 1, ", "", ["staff", "missing"]),
        ('calendar = "always"', 'calendar = "martian"', ["calendar", "'martian'", "'dutch', 'always'"]),
        ("first_come = 1", "first_come = 7", ["first_come", "7", "0 to 1"]),
        ("first_come = 1", "first_comes = 1", ["first_comes", "first_come"]),
        ('process = "service.toml"', 'process = "event_permitt"', ["event_permitt", "did you mean 'event_permit'"]),
        ('process = "service.toml"', 'process = "nowhere.toml"', ["nowhere.toml", "no such file"]),
        ('roles = ["desk"]', 'roles = ["other"]', ["role 'desk' belongs to no team", "other"]),
        ("per_open_hour = 80.0", "per_open_hour = 80.0\nper_year = 3", ["one of per_year and per_open_hour"]),
        ('calendar = "always"', 'calendar = "always"\nstart = 2026-01-06', ["a Monday", "2026-01-06"]),
        ("[[applications]]", "[[applications", ["my.toml", "not valid TOML"]),
    ],
)
def test_a_wrong_profile_names_the_field_the_value_and_what_was_expected(tmp_path, old, new, words):
    assert old in PROFILE
    text = complaint(tmp_path, profile=PROFILE.replace(old, new))
    for word in words:
        assert word in text, text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("hours = 0.01", "hours = -1", ["service.toml", "steps[1].hours", "-1"]),
        ('spread = "exponential"', 'spread = "gaussian"', ["spread", "'gaussian'"]),
        ("decides = true", "decides = false", ["decides = true", "none"]),
        ('role = "desk"', 'role = "desk"\nafter = ["later"]', ["after", "'later'"]),
        ('role = "desk"', 'role = "desk"\nwhen = { all = 1.4 }', ["when", "all", "1.4"]),
    ],
)
def test_a_wrong_process_names_the_field_the_value_and_what_was_expected(tmp_path, old, new, words):
    assert old in PROCESS
    text = complaint(tmp_path, process=PROCESS.replace(old, new))
    for word in words:
        assert word in text, text


def test_wrong_arguments_are_named_with_their_nearest():
    scenario = Scenario.load("tilburg")
    with pytest.raises(InputError, match="profile: 'tilberg' is not known, did you mean 'tilburg'"):
        Scenario.load("tilberg")
    with pytest.raises(InputError, match="lesson: 'owner' is not known, did you mean 'ownership'"):
        scenario.with_lessons(owner=1.0)
    with pytest.raises(InputError, match=r"lesson ownership is 1.2, expected a number from 0 to 1"):
        scenario.with_lessons(ownership=1.2)
    with pytest.raises(InputError, match=r"work.load is 9, expected a number from 0 to 3"):
        scenario.with_parameters(load=9)
    with pytest.raises(InputError, match="'lod' is not known, did you mean 'load'"):
        scenario.with_parameters(lod=1.0)
    with pytest.raises(InputError, match="start_day"):
        scenario.with_lessons(ownership=1.0, start_day=-3)


def test_a_file_that_is_not_utf8_or_not_there_is_said(tmp_path):
    path = tmp_path / "p.toml"
    path.write_bytes(b"id = '\xff\xfe'")
    with pytest.raises(InputError, match="UTF-8"):
        Process.load(path)
    with pytest.raises(InputError, match="no such file"):
        Scenario.load(tmp_path / "none.toml")
    with pytest.raises(InputError, match="folder"):
        Process.load(tmp_path)


def test_shipped_profiles_load_and_have_the_stated_size():
    for name in ("tilburg", "groningen"):
        profile = Scenario.load(name).profile
        assert profile.staff >= 60
        assert len(profile.departments) >= 8
        assert profile.slice.nl
        assert profile.slice.en
        assert any(t.manager for _, t in profile.teams())


def test_a_scenario_is_a_value():
    a = Scenario.load("tilburg")
    assert a.with_lessons(ownership=0.5).key() == a.with_lessons(ownership=0.5).key()
    assert a.with_lessons(ownership=0.5).key() != a.key()
    assert a.with_lessons(ownership=0.5).world_key() == a.world_key()
    assert a.with_parameters(load=1.1).world_key() != a.world_key()
    assert a.with_lessons(ownership=0.5).baseline().key() == a.key()
    assert a.value("load") == 1.0
    with pytest.raises(ValueError, match="frozen"):
        a.start_day = 3.0
