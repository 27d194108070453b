"""The register of acts: each act has a threshold and words of its own, and what the register lacks is one line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kastje.agents.acts import Act
from kastje.dashboard.texts import LANGUAGES
from kastje.fingerprint import PACKAGE
from kastje.model import PARAMETERS, InputError
from kastje.model.acts import ACT_TABLE, most, register
from kastje.model.parameters import record
from kastje.model.people import threshold

NAMES = [act.name.lower() for act in Act]


def given() -> dict[str, Any]:
    return {name: act.model_dump() for name, act in ACT_TABLE.items()}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    table = given()
    change(table)
    return table


def test_the_register_has_every_act_in_the_order_of_their_numbers() -> None:
    assert list(ACT_TABLE) == NAMES
    assert [int(act) for act in Act] == list(range(len(Act)))


def test_each_act_has_its_own_threshold_and_what_is_no_act_has_none() -> None:
    of_acts = [name for name in PARAMETERS if name.startswith("act.theta_")]
    assert sorted(act.threshold for act in ACT_TABLE.values()) == sorted(of_acts)
    values = record({PARAMETERS[act.threshold].short: float(k) for k, act in enumerate(ACT_TABLE.values())})
    for act in Act:
        assert threshold(values[0], np.int64(act)) == float(act), act.name
    assert np.isnan(threshold(values[0], np.int64(len(Act))))


def test_every_act_has_its_words_in_both_languages() -> None:
    for act in ACT_TABLE.values():
        assert all(words.in_language(language).strip() for words in (act.label, act.did) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("table", "names", "said"),
    [
        (given(), [*NAMES, "keep_posted"], ["keep_posted is missing"]),
        (changed(lambda t: t["ask"].pop("did")), NAMES, ["ask: field did is missing"]),
        (changed(lambda t: t["ask"]["did"].pop("nl")), NAMES, ["ask: field did.nl is missing"]),
        (changed(lambda t: t["ask"].update(labl="x")), NAMES, ["ask: field labl", "did you mean 'label'"]),
        (changed(lambda t: t.update(asks=t["ask"])), NAMES, ["'asks' is not known", "did you mean 'ask'"]),
        (changed(lambda t: t["ask"].update(threshold="act.theta_askk")), NAMES, ["did you mean 'act.theta_ask'"]),
        (
            changed(lambda t: t["speak_up"].update(threshold="act.theta_ask")),
            NAMES,
            ["speak_up: field threshold", "act.theta_ask is the threshold of another act already"],
        ),
        (given(), [f"act_{k}" for k in range(most() + 1)], [f"{most() + 1}", f"or equal to {most()}"]),
    ],
)
def test_what_the_register_lacks_is_one_line_with_the_act(
    table: dict[str, Any], names: list[str], said: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        register({name: one for name, one in table.items() if name in names or name == "asks"}, "acts.toml", names)
    line = str(caught.value)
    assert line.startswith("acts.toml")
    assert "\n" not in line
    assert [word for word in said if word not in line] == []


def with_a_ninth(folder: Path, *, entry: bool) -> dict[str, str]:
    """An environment with a copy of the sources in which there is a ninth act, with or without its entry."""
    shutil.copytree(PACKAGE, folder / "kastje", ignore=shutil.ignore_patterns("__pycache__"))
    acts, words = folder / "kastje/agents/acts.py", folder / "kastje/model/acts.toml"
    acts.write_text(acts.read_text(encoding="utf-8").replace("SPEAK_UP = 7\n", "SPEAK_UP = 7\n    KEEP_POSTED = 8\n"))
    if entry:
        more = (
            '\n[keep_posted]\nthreshold = "act.theta_keep_posted"\nlabel = { nl = "Berichten", en = "Keep posted" }\n'
            'did = { nl = "lieten weten hoe het stond", en = "told how it stood" }\n'
        )
        words.write_text(words.read_text(encoding="utf-8") + more, encoding="utf-8")
        parameters = folder / "kastje/model/parameters.toml"
        text = parameters.read_text(encoding="utf-8")
        begin = text.index("[act.theta_speak_up]")
        another = text[begin : text.index("\n[", begin) + 1].replace("theta_speak_up", "theta_keep_posted")
        parameters.write_text(text[:begin] + another + text[begin:], encoding="utf-8")
    return os.environ | {"PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1"}


NINTH = """
from kastje.agents import Act
from kastje.dashboard.policy.why.chains import chain
from kastje.dashboard.present.headline import Cause
from kastje.dashboard.present.talking import why
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.experiments import compare
from kastje.model import Municipality, Scenario, simulate
from kastje.model.lessons import lesson_of
from kastje.model.lessons import LESSON_TABLE

today = Scenario.load("permits").with_parameters(horizon_days=14, runin_days=14)
assert simulate(today, 1).acts["keep_posted"] == {"opportunities": 0.0, "done": 0.0}
municipality = Municipality(today.with_parameters(theta_keep_posted=0.0), rng=1)
backed = [person.chance(Act.KEEP_POSTED) for person in municipality.agents]
plain = [person.chance(Act.SPEAK_UP) for person in municipality.agents]
assert all(a > b for a, b in zip(backed, plain))
cause = Cause("act", "keep_posted", 0.2, 0.4)
said = [why(cause, texts(language)) for language in LANGUAGES]
assert "lieten weten hoe het stond" in said[0] and "told how it stood" in said[1], said
entry = LESSON_TABLE["ownership"].model_dump() | {"id": "posting"}
entry["ways"] = {"acts": ["keep_posted"], "outcomes": ["satisfaction"]}
entry["levers"] = [{"parameter": "theta_keep_posted", "full": 0.0}]
assert lesson_of(entry, 9, "mine").ways.acts == ("keep_posted",)
assert compare(today.with_lessons(ownership=1.0), replications=2).replications == 2
"""


def test_a_ninth_act_without_its_entry_is_told_in_one_line(tmp_path: Path) -> None:
    environment = with_a_ninth(tmp_path, entry=False)
    command = [sys.executable, "-c", "from kastje.commands.cli import entry; entry()", "parameters"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "kastje: acts.toml: keep_posted is missing, and it is required\n"


def test_a_ninth_act_is_counted_has_a_threshold_and_words_and_may_stand_on_a_lessons_way(tmp_path: Path) -> None:
    environment = with_a_ninth(tmp_path, entry=True)
    done = subprocess.run([sys.executable, "-c", NINTH], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
