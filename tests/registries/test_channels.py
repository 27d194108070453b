"""The register of channels: every channel is known everywhere by what it is, and what is wrong in it is one line."""

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kastje.dashboard.texts import LANGUAGES
from kastje.model import InputError, Scenario
from kastje.model.channels import CHANNEL_TABLE, CHANNELS, OWN_FILES, STANDS_FOR, Channels, having, register
from kastje.model.profile import shipped
from kastje.model.world import WorldOf

KIOSK = """
[[channels]]
id = "kiosk"
label = { nl = "Zuil", en = "Kiosk" }
in_sentence = { nl = "de zuil", en = "the kiosk" }
applications = false
telephone = false
personal = true
website = false

[channels.usual]
share = 0.0
hours = 0.05
live = true
loss = 0.1
loss_low_skill = 0.2
low_skill_weight = 0.8
richness = 0.5
minutes = 12.0
"""


def entry_with(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    entry = tomllib.loads(KIOSK)["channels"][0]
    change(entry)
    return entry


def shipped_channels() -> tuple[str, dict[str, Any]]:
    return "channels.toml", {"channels": [one.model_dump() for one in CHANNEL_TABLE.values()]}


def test_the_figures_of_a_real_municipality_are_held_against_the_channels_they_are_of() -> None:
    said = {column: [name for name, so in zip(CHANNELS, having(column), strict=True) if so] for column in STANDS_FOR}
    assert said == {
        "applications": ["web"],
        "telephone": ["phone"],
        "personal": ["phone", "counter"],
        "website": ["web"],
    }
    assert [name for name in CHANNELS if CHANNEL_TABLE[name].usual.live] == ["chat", "phone", "counter"]


def test_every_channel_has_its_words_in_both_languages() -> None:
    for channel in CHANNEL_TABLE.values():
        for language in LANGUAGES:
            assert channel.label.in_language(language).strip()
            assert channel.in_sentence.in_language(language).strip()


def test_what_a_profile_says_of_a_channel_is_laid_over_what_is_usual() -> None:
    given = Channels.model_validate({"phone": {"share": 0.7}, "counter": {"share": 0.2}})
    assert given["phone"] == CHANNEL_TABLE["phone"].usual.model_copy(update={"share": 0.7})
    assert given["web"] == CHANNEL_TABLE["web"].usual
    assert given.all() == tuple(given[name] for name in CHANNELS)


def test_the_world_has_a_row_for_each_channel_in_the_order_of_the_register() -> None:
    world = WorldOf(Scenario.load("tilburg")).arrays
    assert world.channels["hours"].tolist() == [one.usual.hours for one in CHANNEL_TABLE.values()]
    assert CHANNELS[world.application_channel] == "web"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda e: e.pop("label"), ["label", "missing"]),
        (lambda e: e["label"].pop("nl"), ["label.nl", "missing"]),
        (lambda e: e.pop("telephone"), ["telephone", "missing"]),
        (lambda e: e.update(telefone=True), ["telefone", "did you mean 'telephone'"]),
        (lambda e: e["usual"].pop("minutes"), ["usual.minutes", "missing"]),
        (lambda e: e["usual"].update(hours=-1.0), ["usual.hours", "-1.0"]),
        (lambda e: e["usual"].update(share=0.1), ["usual.share", "0.1", "add up to 1.1", "give it 0"]),
        (lambda e: e.update(applications=True), ["applications", "true", "one channel", "that is web"]),
        (lambda e: e.update(id="Kiosk"), ["id", "'Kiosk'", "small letters"]),
        (lambda e: e.update(id="all"), ["id", "'all'", "means nothing else"]),
        (lambda e: e.update(id="phone"), ["this id is there already"]),
    ],
)
def test_what_is_wrong_in_a_channel_is_one_line_with_file_channel_and_field(
    change: Callable[[dict[str, Any]], None], said: list[str]
) -> None:
    entry = entry_with(change)
    with pytest.raises(InputError) as caught:
        register([shipped_channels(), ("mine.toml", {"channels": [entry]})])
    line = str(caught.value)
    assert line.startswith(f"mine.toml: {entry['id']}: ")
    assert "\n" not in line
    assert [word for word in said if word not in line] == []


def test_the_command_line_says_in_one_line_what_is_wrong_with_a_channel_of_ones_own(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(KIOSK.replace("share = 0.0", "share = 0.2"), encoding="utf-8")
    line = refused({OWN_FILES: path})
    assert line.startswith(f"kastje: {path}: kiosk: field usual.share is 0.2")


SEVENTH = """
import sys
import numpy as np
from kastje.dashboard.policy.why.places import who
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.experiments import compare
from kastje.experiments.logs.stories import book, story
from kastje.experiments.runs.origin import model_hash
from kastje.fingerprint import PACKAGE
from kastje import fingerprint
from kastje.model import Scenario, simulate
from kastje.model.channels import CHANNELS
from kastje.model.fairness import gap_by_channel
from kastje.model.period import Period
from kastje.model.records import CLOSED
from kastje.model.simulate import drive, start_of, world_of

assert CHANNELS[6:] == ("kiosk",)
assert model_hash() != fingerprint.model_hash(PACKAGE)
short = {"horizon_days": 56, "runin_days": 28, "apply_by_web": 0.0}
usual = simulate(Scenario.load("tilburg").with_parameters(**short), seed=1)
assert usual.by_group["channel"]["kiosk"]["cases"] == 0

town = Scenario.load(sys.argv[1]).with_parameters(**short)
found = simulate(town, seed=1, log=True)
log = found.event_log
made = log[log["activity"] == "contact made"]
assert (made["detail"] == 6).sum() > 1000
assert (log["channel"] == "kiosk").any()
cases = {name: group["cases"] for name, group in found.by_group["channel"].items()}
assert cases["kiosk"] > 0.5 * cases["phone"]
assert np.isfinite(found.by_group["channel"]["kiosk"]["satisfaction"])

# It is personal and no telephone: it counts for marks of contact with a person and not for calls.
world = world_of(town)
state = drive(town, world, start_of(town, 1), world.arrays.end)
needs, contacts = state.needs[: state.run["needs"][0]], state.contacts[: state.run["contacts"][0]]
begin = state.run["branch"][0]
felt = needs[(needs["state"] == CLOSED) & (needs["decided"] >= begin)]
marks = felt["satisfaction"][np.isin(felt["channel"], [CHANNELS.index(name) for name in ("phone", "counter", "kiosk")])]
assert abs(marks.mean() * 10.0 - found.checks["satisfaction_personal"]) < 1e-9
calls = (contacts["channel"] == CHANNELS.index("phone")) & (contacts["item"] >= 0) & (contacts["need"] >= 0)
calls &= (contacts["at"] >= begin) & (contacts["at"] < world.arrays.end)
a_year = calls.sum() / world.values["inhabitants"] / (short["horizon_days"] / 365.0)
assert abs(a_year - found.checks["calls_per_inhabitant"]) < 1e-9

# Whether somebody waits at the other end decides on which side of the gap between channels it counts.
cases = found.by_group["channel"]
assert world.arrays.channels["live"].tolist() == [0, 0, 0, 1, 1, 1, 1]
quiet = world_of(Scenario.load(sys.argv[2]).with_parameters(**short))
assert quiet.arrays.channels["live"].tolist() == [0, 0, 0, 1, 1, 1, 0]
period = Period(needs, contacts, state.weeks[: state.run["weeks"][0]], begin, world.arrays.end)
gaps = [gap_by_channel(period, one.arrays.channels["live"] == 1)[-1] for one in (world, quiet)]
assert gaps[0] == found.values["channel_gap"]
assert gaps[0] != gaps[1]

shelf = book(town, 1)
case = next(name for name, place in shelf.place.items() if shelf.needs[place]["channel"] == 6)
assert story(shelf, case).channel == "kiosk"
comparison = compare(town.with_lessons(shared_information=1.0), replications=2)
for language, label in zip(LANGUAGES, ("Zuil", "Kiosk")):
    shown = who("satisfaction", comparison, town.profile, texts(language))
    assert label in [row["label"] for block in shown["blocks"] for row in block["rows"]]
"""


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_a_seventh_channel_runs_and_is_counted_named_and_told(tmp_path: Path) -> None:
    """In one town the kiosk has half of the calls; in the other it has as many, but nobody waits at the other end."""
    kiosk, quiet, town = tmp_path / "kiosk.toml", tmp_path / "quiet.toml", tmp_path / "town.toml"
    kiosk.write_text(KIOSK, encoding="utf-8")
    text = shipped("profiles")["tilburg"].read_text(encoding="utf-8")
    shares = "\n[channels]\nphone = { share = 0.4 }\nkiosk = { share = 0.4, live = LIVE }\n"
    town.write_text(text + shares.replace("LIVE", "true"), encoding="utf-8")
    quiet.write_text(text + shares.replace("LIVE", "false"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SEVENTH, str(town), str(quiet)],
        env=os.environ | {OWN_FILES: str(kiosk)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def numbers_beside(column: str, source: str) -> list[str]:
    """Every comparison of a column of records with a number that is written there."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare)
        and f"['{column}']" in ast.unparse(node)
        and any(isinstance(one, ast.Constant) and isinstance(one.value, int) for one in (node.left, *node.comparators))
    ]


def test_no_code_knows_a_channel_by_its_place(root: Path) -> None:
    assert numbers_beside("channel", "live = needs['channel'] >= 3") == ["needs['channel'] >= 3"]
    rooms = ("agents", "model", "experiments", "dashboard", "evidence", "commands")
    sources = [path for room in rooms for path in (root / room).rglob("*.py")]
    assert [(path, numbers_beside("channel", path.read_text(encoding="utf-8"))) for path in sources] == [
        (path, []) for path in sources
    ]
