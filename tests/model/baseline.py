"""What runs yield, in short: a hash of the outcomes and of the event log of each of a handful of runs.

`make baseline` writes them down anew, for a change of a rule or figure that is meant. Numbers are rounded, so that
another processor, library or Python gives the same hash; a run that went another way gives another one all the same.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from kastje.model import LESSONS, Outcomes, Scenario, simulate
from kastje.model.profile import shipped

FILE = Path(__file__).with_name("baseline.json")
SEED = 1
DIGITS = 16


def cases() -> Iterator[tuple[str, Scenario]]:
    """Every profile today, with each lesson alone, with all, and under load with half of them."""
    for name in shipped("profiles"):
        today = Scenario.load(name).with_parameters(horizon_days=56, runin_days=28)
        yield f"{name}, today", today
        yield f"{name}, all lessons", today.with_lessons(all=1.0, ramp_days=0)
        yield f"{name}, half of all, under load", today.with_lessons(all=0.5, ramp_days=14).with_parameters(load=1.15)
        for lesson in LESSONS:
            yield f"{name}, {lesson}", today.with_lessons(**{lesson: 1.0}, ramp_days=0)


def measured() -> dict[str, dict[str, str]]:
    """The hashes of every case by the part of the outcomes that they are of."""
    return {case: hashes(simulate(scenario, SEED, log=True)) for case, scenario in cases()}


def hashes(outcomes: Outcomes) -> dict[str, str]:
    """The hashes of one run: outcomes of the whole period, the rest of the outcomes, and the event log."""
    assert outcomes.event_log is not None, "log=True asks for the events"
    rest = [outcomes.by_month, outcomes.departments, outcomes.by_group, outcomes.checks, outcomes.acts]
    return {
        "outcomes": _hash(_plain(outcomes.as_dict())),
        "months, groups, departments, checks, acts": _hash([_plain(one) for one in rest]),
        "event log": _hash(_rows(outcomes.event_log)),
    }


def _plain(value: object) -> object:
    """Plain data with numbers as text, to nine digits; noise around nought is nought."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return f"{round(float(value), 9) + 0.0:.9g}" if isinstance(value, int | float) else value


def _rows(log: pd.DataFrame) -> list[str]:
    """The log line by line, its times to the second."""
    columns = [log[name].tolist() for name in log.columns if name not in ("timestamp", "hours")]
    seconds = (log["hours"] * 3600.0).round().astype(int).tolist()
    return [" ".join(map(str, row)) for row in zip(*columns, seconds, strict=True)]


def _hash(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:DIGITS]


if __name__ == "__main__":
    FILE.write_text(json.dumps(measured(), indent=1) + "\n", encoding="utf-8")
