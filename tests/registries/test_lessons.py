"""The register of lessons: what it says of each lesson is whole, and what is wrong in it is one line."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from kastje.agents.acts import Act
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.state import Choice
from kastje.model import LESSON_TABLE, LESSONS, OUTCOMES, PARAMETERS, InputError
from kastje.model.lessons import OWN_FILES, lesson_of, register
from kastje.model.parameters import find

ENTRY = """
[[lessons]]
id = "answer_at_once"
label = { nl = "Meteen antwoorden", en = "Answer at once" }
message = { nl = "Geef de eerste lijn de kennis om zelf te antwoorden.", en = "Give the first line the knowledge." }
happens = { nl = "Meer vragen worden meteen beantwoord.", en = "More questions are answered at once." }
cost = { nl = "Overleg.", en = "Meetings." }
evidence = { nl = "Verzonnen.", en = "Invented." }
mediator = "look-ups"
ways = { acts = ["look_up"], outcomes = ["first_contact_resolution"] }
cut = { "crm.lookup_forced" = 0.0 }
levers = [{ parameter = "agreed", full = 0.8 }]
"""


def test_every_lesson_sets_parameters_within_their_bounds_and_so_does_its_cut() -> None:
    for lesson in LESSON_TABLE.values():
        for name, value in [*((one.parameter, one.full) for one in lesson.levers), *lesson.cut.items()]:
            assert find(name).low <= value <= find(name).high, (lesson.id, name)
            assert name in PARAMETERS, f"{lesson.id}: {name} is not a dotted name"


def test_every_way_of_a_lesson_leads_over_acts_and_outcomes_that_there_are() -> None:
    acts = {act.name.lower() for act in Act}
    for lesson in LESSON_TABLE.values():
        assert set(lesson.ways.acts) <= acts, lesson.id
        assert set(lesson.ways.outcomes) <= set(OUTCOMES), lesson.id


def test_the_register_cannot_be_changed_while_a_program_runs() -> None:
    with pytest.raises(TypeError):
        LESSON_TABLE["another"] = LESSON_TABLE["ownership"]  # type: ignore[index]
    assert tuple(LESSON_TABLE) == LESSONS


def entry_with(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    entry = tomllib.loads(ENTRY)["lessons"][0]
    change(entry)
    return entry


def test_a_lesson_is_read_with_the_dotted_names_of_its_parameters() -> None:
    lesson = lesson_of(tomllib.loads(ENTRY)["lessons"][0], 9, "mine.toml")
    assert (lesson.number, lesson.levers[0].parameter, lesson.cut) == (9, "crm.agreed", {"crm.lookup_forced": 0.0})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda e: e.pop("cut"), ["cut", "missing"]),
        (lambda e: e.pop("ways"), ["ways", "missing"]),
        (lambda e: e["label"].pop("nl"), ["label.nl", "missing"]),
        (lambda e: e["label"].update(fr="x"), ["label.fr", "not known"]),
        (lambda e: e.update(mediatr="x"), ["mediatr", "did you mean 'mediator'"]),
        (lambda e: e["levers"][0].update(parameter="crm.agred"), ["levers", "did you mean 'crm.agreed'"]),
        (lambda e: e["levers"][0].update(full=1.5), ["levers", "crm.agreed", "1.5", "from 0 to 1"]),
        (lambda e: e.update(cut={"crm.lookup_forced": 7.0}), ["cut", "crm.lookup_forced", "7.0"]),
        (lambda e: e.update(cut={}), ["cut", "{}"]),
        (lambda e: e["ways"].update(acts=["look_upp"]), ["ways.acts", "did you mean 'look_up'"]),
        (lambda e: e["ways"].update(outcomes=["fitt"]), ["ways.outcomes", "did you mean 'fit'"]),
        (lambda e: e.update(id="Answer"), ["id", "'Answer'", "small letters"]),
        (lambda e: e.update(id="all"), ["id", "'all'", "means nothing else"]),
        (lambda e: e.update(id="agreed"), ["id", "'agreed'", "means nothing else"]),
    ],
)
def test_what_is_wrong_in_a_lesson_is_one_line_with_file_lesson_and_field(
    change: Callable[[dict[str, Any]], None], said: list[str]
) -> None:
    entry = entry_with(change)
    with pytest.raises(InputError) as caught:
        register([("mine.toml", {"lessons": [entry]})])
    line = str(caught.value)
    assert line.startswith(f"mine.toml: {entry['id']}: ")
    assert "\n" not in line
    assert [word for word in said if word not in line] == []


def test_a_lesson_that_is_there_twice_and_a_file_without_lessons_are_refused() -> None:
    entry = tomllib.loads(ENTRY)["lessons"][0]
    with pytest.raises(InputError, match=r"b.toml: answer_at_once: this id is there already"):
        register([("a.toml", {"lessons": [entry]}), ("b.toml", {"lessons": [entry]})])
    with pytest.raises(InputError, match=r"a.toml: field lessons is .*expected one or more tables"):
        register([("a.toml", {"lessons": entry})])
    with pytest.raises(InputError, match=r"a.toml: 'lesson' is not known, did you mean 'lessons'"):
        register([("a.toml", {"lesson": [entry]})])


@pytest.mark.parametrize(
    ("text", "said"),
    [(ENTRY.replace("look_up", "look_upp", 1), "ways.acts"), ("[[lessons]", "is not valid TOML"), (None, "no such")],
)
def test_the_command_line_says_in_one_line_what_is_wrong_with_lessons_of_ones_own(
    refused: Callable[..., str], text: str | None, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    line = refused({OWN_FILES: path})
    assert line.startswith(f"kastje: {path}")
    assert said in line


def test_old_links_and_links_that_name_lessons_give_the_same_choice() -> None:
    named = "shared_information:4,early_participation:6,creative_solutions:3,ownership:5"
    named += ",lived_vision:3,integral_working:5,management_support:5,change_and_renew:5"
    assert read("s=46353555&load=1.1") == read(f"l={named}&load=1.1")
    pinned, problems = read("s=00000000&pin=Alle~s~66666666&pin=Eigen~l~ownership:4")
    assert problems == ()
    assert [sum(pin.choice.steps) for pin in pinned.pins] == [48, 4]


def test_links_name_lessons_in_pins_too_and_today_has_none() -> None:
    chosen, _ = read("s=00040060&pin=Alle~s~66666666&pin=Vandaag~s~00000000")
    parts = parse_qs(chosen.query())
    assert parts["l"] == ["ownership:4,management_support:6"]
    every = ",".join(f"{name}:6" for name in LESSONS)
    assert parts["pin"] == [f"Alle~l~{every}", "Vandaag"]
    assert "l" not in parse_qs(Choice().query())
    assert read(chosen.query()) == (chosen, ())


NINTH = """
from kastje.dashboard.present.story import STORY
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.state import PRESETS, Choice
from kastje.model import LESSONS
assert len(LESSONS) == 9
old, problems = read("s=46353555&pin=Alle~s~66666666")
assert (old.steps, problems) == ((4, 6, 3, 5, 3, 5, 5, 5, 0), ())
mine = Choice().with_preset("all_eight")
assert mine.steps == (6,) * 8 + (0,)
assert "answer_at_once" not in mine.query()
with_ninth, problems = read("s=46353555&l=answer_at_once:2")
assert (with_ninth.steps[-1], problems) == (2, ())
assert read(with_ninth.query())[0] == with_ninth
assert all(Choice().with_preset(name).preset == name for name in PRESETS)
assert all(len(step.chosen(Choice()).steps) == 9 for step in STORY)
"""


def test_with_a_ninth_lesson_presets_the_story_and_links_old_and_new_stay_true(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(ENTRY, encoding="utf-8")
    environment = os.environ | {OWN_FILES: str(path)}
    done = subprocess.run([sys.executable, "-c", NINTH], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
