"""Own inputs, circumstances and pins: what comes in is checked, what goes out comes back, nothing leaks."""

import io
import json
import math
import re
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kastje.dashboard.inputs.own_panel import rows_of
from kastje.dashboard.own.own import MOST_BYTES, OWN, Own, checked, own_of
from kastje.dashboard.policy.chart import pin_lines
from kastje.dashboard.policy.footer import snippet
from kastje.dashboard.policy.pins_panel import described
from kastje.dashboard.policy.pins_panel import rows_of as pin_rows
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.problems import sentence
from kastje.dashboard.visit.scenario_file import loaded, scenario_text
from kastje.dashboard.visit.state import MOST_PINS, Choice
from kastje.experiments.designs.staff import with_staff
from kastje.experiments.runs.origin import model_hash
from kastje.model import PARAMETERS, InputError, Scenario
from kastje.model.profile import shipped
from kastje.version import version

PROFILE = shipped("profiles")["tilburg"].read_text(encoding="utf-8")
PROCESS = shipped("processes")["event_permit"].read_text(encoding="utf-8")
CROWD = "\n[[departments]]\nid = 'crowd'\ntitle = 'crowd'\nteams = [\n" + "\n".join(
    f"{{ id = 'c{number}', roles = ['events'], staff = 25 }}," for number in range(160)
)
CROWD += "\n]\n"
MINE = {"mine.toml": PROFILE.replace('"event_permit"', '"steps.toml"'), "steps.toml": PROCESS}


def files(**changed: str) -> list[dict[str, str]]:
    return [{"name": name, "text": text} for name, text in {**MINE, **changed}.items()]


@pytest.mark.parametrize(
    "query",
    [
        "lang=nl&profile=tilburg&l=shared_information:4,ownership:5&p=outside_growth:0.1,vulnerable_share:0.3"
        "&staff=front_office:80,legal:120",
        "lang=en&profile=tilburg&pin=Visie~l~lived_vision:6,management_support:6&pin=Druk~load~1.3~p~alpha:0.2",
        "lang=en&profile=owo&pin=Vandaag&pin=Elders~l~change_and_renew:6~profile~tilburg",
    ],
)
def test_a_link_with_circumstances_and_pins_comes_back_as_it_was(query: str) -> None:
    choice, problems = read(query)
    assert problems == ()
    assert choice.query() == query


@pytest.mark.parametrize(
    "part",
    ["p=magic:1", "p=alpha:9", "p=load:1", "p=alpha", "p=alpha:nan", "staff=nobody:80", "staff=legal:10", "staff=legal",
     "pin=x~s", "pin=x~s~99999999", "pin=x~lang~en", "pin=x~seed~2", "profile=own", "pin=x~profile~own"],
)  # fmt: skip
def test_a_wrong_part_is_told_in_both_languages(part: str) -> None:
    choice, problems = read(part)
    assert choice == Choice()
    assert len(problems) == 1
    assert all(sentence(problems[0], texts(lang)) for lang in LANGUAGES)


def test_circumstances_reach_the_model_and_today(a_session) -> None:
    session = a_session()
    session.move({"control": "p:vulnerable_share", "value": 0.35, "move": 1})
    session.move({"control": "staff:legal", "value": 70, "move": 2})
    scenario = session.choice.scenario()
    assert scenario.baseline().value("vulnerable_share") == 0.35
    assert scenario.profile.staff == Scenario.load("tilburg").profile.staff - 2
    assert scenario.baseline().key() != Scenario.load("tilburg").key()
    session.move({"control": "p:vulnerable_share", "value": 0.2, "move": 3})
    session.move({"control": "staff:legal", "value": 100, "move": 4})
    assert session.choice == Choice()
    assert session.choice.scenario().key() == Scenario.load("tilburg").key()


def test_staff_changes_the_teams_and_says_what_cannot_be() -> None:
    world = Scenario.load("tilburg")
    assert [t.staff for _, t in with_staff(world, {"permits": 1.3}).profile.teams()][2] == 12
    assert with_staff(world, {"permits": 1.3}).profile.processes == world.profile.processes
    with pytest.raises(InputError, match="permitts"):
        with_staff(world, {"permitts": 1.1})
    with pytest.raises(InputError, match="expected a number"):
        with_staff(world, {"permits": 9.0})


def test_pins_stay_at_three_have_names_and_can_be_undone(a_session) -> None:
    session = a_session(Choice(steps=(6,) * 8))
    for name in ("een~", "twee", "drie", "vier"):
        session.pin(name)
    assert [pin.name for pin in session.choice.pins] == ["twee", "drie", "vier"]
    assert len(session.choice.pins) == MOST_PINS
    session.unpin(0)
    session.undo()
    assert len(session.choice.pins) == MOST_PINS
    session.reset()
    session.take_pin(2)
    session.take_pin(9)
    assert session.choice.steps == (6,) * 8


def test_a_pin_shows_its_own_numbers(comparison_of) -> None:
    choice = Choice(steps=(6,) * 8, load=1.2).with_pin("Druk")
    choice = Choice(pins=choice.pins)
    made = {choice.asked_of(choice.pins[0]): comparison_of({"lead_time_days_mean": 2.0})}
    rows = pin_rows(choice, Answer(choice), made, texts("nl"))
    assert [row["mark"] for row in rows] == ["today", "choice", "A"]
    assert rows[2]["value"] == "2,5"
    assert "vandaag" in rows[2]["about"]
    assert pin_lines(choice, made)[0]["values"] == [2.5] * 12
    assert described(choice.pins[0].choice, texts("en")) == "All eight, load 1.20"


def test_own_files_become_a_municipality_and_are_written_nowhere(monkeypatch) -> None:
    def reads_only(file: object, mode: str = "r", *rest: object, **more: object) -> object:
        assert not set(mode) & set("wax+"), file
        return opened(file, mode, *rest, **more)

    opened = io.open
    monkeypatch.setattr("io.open", reads_only)
    monkeypatch.setattr("builtins.open", reads_only)
    own = own_of(checked(files()))
    monkeypatch.undo()
    assert own.world.profile.processes[0].id == "event_permit"
    assert own.world.profile.where == "mine.toml"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"../evil.toml": "a = 1"}, "file name"),
        ({"x.txt": "a = 1"}, "file name"),
        ({"big.toml": "#" * (MOST_BYTES + 1)}, "256 kB"),
        ({"mine.toml": MINE["mine.toml"].replace("steps.toml", "../../etc/passwd.toml")}, "sent along"),
        ({"mine.toml": MINE["mine.toml"].replace("steps.toml", "/etc/other.toml")}, "sent along"),
        ({"mine.toml": MINE["mine.toml"].replace("staff = 6", "staff = 60")}, "staff is 60"),
        ({"mine.toml": MINE["mine.toml"].replace("23800", "1e9")}, "at most 200000"),
        ({"steps.toml": PROCESS.replace("legal_days = 56", "legal_days = -1")}, "legal_days"),
        ({"mine.toml": "id = 'x'\nthis is not toml"}, "mine.toml: is not valid TOML: line 2"),
        ({"mine.toml": "[" * 9000}, "mine.toml"),
        (
            {"mine.toml": MINE["mine.toml"].replace("[parameters]", "[parameters]\nalfa = 1")},
            "mine.toml: field parameters",
        ),
        ({"mine.toml": MINE["mine.toml"] + CROWD}, "at most 4000"),
        ({"mine.toml": "a = 1"}, "0 profiles (mine.toml, steps.toml), expected one file"),
        ({"more.toml": MINE["mine.toml"]}, "2 profiles"),
        ({"odd.toml": "a = '\ud800'"}, "UTF-8"),
    ],
)
def test_what_is_wrong_is_one_line_without_a_path_of_this_computer(changed: dict[str, str], words: str) -> None:
    with pytest.raises(InputError) as caught:
        own_of(checked(files(**changed)))
    message = str(caught.value)
    assert words in message
    assert "/tmp" not in message
    assert_dutch(caught.value)


def assert_dutch(error: InputError) -> None:
    """The Dutch line is whole, without a path of this computer and without the English words of the other one."""
    dutch = error.in_language("nl")
    assert "\n" not in dutch
    assert "/tmp" not in dutch
    assert not {"expected", "missing", "known", "field", "the", "with", "that"} & set(re.findall(r"[a-z_.]+", dutch))


def test_a_scenario_is_saved_and_loaded_again() -> None:
    choice, _ = read("s=46353555&load=1.1&start=30&p=alpha:0.2,vulnerable_share:0.3&staff=legal:80&seed=4")
    made, problems = loaded([{"name": "s.toml", "text": scenario_text(choice)}], Choice())
    assert (made, problems) == (choice, ())
    assert made.scenario().key() == choice.scenario().key()


@given(
    steps=st.tuples(*[st.integers(0, 6)] * 8),
    load=st.integers(70, 140),
    seed=st.integers(0, 1_000_000),
    alpha=st.floats(PARAMETERS["vision.alpha"].low, PARAMETERS["vision.alpha"].high),
    share=st.floats(0.0, 1.0),
    legal=st.integers(7, 13),
)
def test_any_scenario_is_the_same_after_it_was_saved(
    steps: tuple[int, ...], load: int, seed: int, alpha: float, share: float, legal: int
) -> None:
    choice = Choice(steps=steps, load=load / 100, seed=seed).with_staff("legal", legal * 10)
    choice = choice.with_parameter("alpha", alpha).with_parameter("vulnerable_share", share)
    assert loaded([{"name": "s.toml", "text": scenario_text(choice)}], Choice()) == (choice, ())


@given(comment=st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_in_a_file_is_the_same_after_it_was_saved(comment: str) -> None:
    own = Own("0" * 32, Scenario.load("tilburg"), (('a "quoted" name.toml', comment),), "a")
    text = scenario_text(Choice(profile=OWN, own=own))
    assert tomllib.loads(text)["files"] == dict(own.files)


def test_a_saved_scenario_says_of_which_model_it_is_and_what_it_showed(comparison_of) -> None:
    choice = Choice(steps=(6,) * 8)
    answer = Answer(choice, "done", 20, 20, comparison_of({"trust": 0.25}, gone="fit"))
    text = scenario_text(choice, answer)
    saved = tomllib.loads(text)
    assert (saved["kastje"], saved["model"]) == (version(), model_hash())
    assert saved["figures"]["trust"]["difference"] == answer.comparison.difference["trust"].mean
    assert math.isnan(saved["figures"]["fit"]["difference"])
    assert loaded([{"name": "s.toml", "text": text}], Choice()) == (choice, ())
    unfinished = Answer(choice, "first", 4, 20, answer.comparison)
    for nothing in (None, unfinished, replace(answer, choice=Choice())):
        assert "figures" not in tomllib.loads(scenario_text(choice, nothing))


def test_a_scenario_that_was_saved_before_files_said_so_is_loaded(comparison_of) -> None:
    choice = Choice(steps=(6,) * 8)
    old = "".join(
        line + "\n" for line in scenario_text(choice).splitlines() if not line.startswith(("kastje", "model"))
    )
    assert "model" not in tomllib.loads(old)
    assert loaded([{"name": "s.toml", "text": old}], Choice()) == (choice, ())


def test_a_scenario_of_an_own_municipality_holds_its_files() -> None:
    mine, _ = loaded(files(), Choice(steps=(1,) * 8))
    assert (mine.profile, mine.steps) == (OWN, (1,) * 8)
    mine = mine.with_staff("legal", 120)
    made, _ = loaded([{"name": "s.toml", "text": scenario_text(mine)}], Choice())
    assert made == mine
    assert read(mine.query(), lambda _: mine.own) == (mine, ())
    assert "mine.toml" in snippet(mine)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("scenario = 1\n[lessons]\nownership = 9", "lessons.ownership is 9"),
        ("scenario = 1\n[lessons]\nownershop = 1", "did you mean 'ownership'"),
        ("scenario = 7", "expected 1"),
        ("scenario = 1\nmagic = 1", "magic"),
        ("scenario = 1\n[parameters]\n'vision.alpha' = 9", "vision.alpha is 9"),
        ("scenario = 1\nlessons = 3", "expected a table"),
    ],
)
def test_a_wrong_scenario_file_is_told_of(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words.replace(".", r"\.")) as caught:
        loaded([{"name": "s.toml", "text": text}], Choice())
    assert_dutch(caught.value)


def test_the_snippet_gives_the_same_scenario() -> None:
    choice, _ = read("s=00060000&load=1.1&p=vulnerable_share:0.3&staff=legal:80&n=2")
    made: dict[str, Scenario] = {}
    exec(snippet(choice).split("comparison =")[0], made)
    assert made["scenario"].key() == choice.scenario().key()


def test_every_parameter_can_be_found_with_what_it_is() -> None:
    rows = rows_of(Choice().with_parameter("alpha", "0,2"), texts("nl"))
    assert len(rows) > 90
    assert [row["short"] for row in rows if row["changed"]] == ["alpha"]
    assert all(row["label"] and row["status"] and row["source"] and row["low"] for row in rows)
    assert json.dumps(rows)
