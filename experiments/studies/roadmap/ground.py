"""What a roadmap is reckoned from: runs of all combinations of the lessons, at one load."""

from collections.abc import Iterable

from kastje.experiments.designs import Design
from kastje.experiments.phrase import phrase
from kastje.experiments.runs.store import Store
from kastje.experiments.studies.factorial import Cube
from kastje.experiments.studies.factorial.design import LOAD
from kastje.experiments.studies.factorial.packages import HOURS
from kastje.model import LESSONS
from kastje.model.errors import unexpected
from kastje.model.parameters import find
from kastje.model.phrase import Argument


def cube_of(store: Store, design: Design, load: float, outcomes: Iterable[str]) -> Cube:
    """The runs of one load, with these outcomes and the hours. Raises InputError when there are none of it."""
    there = design.factors[design.names.index(LOAD)].levels
    if load not in there:
        raise unexpected(Argument("load"), load, phrase("roadmap.load", loads=there))
    named = tuple(dict.fromkeys([*outcomes, HOURS]))
    return Cube.of(store.table(["seed", LOAD, *LESSONS, *named]), load, named)


def days_of(design: Design) -> float:
    """Over how many days the runs are."""
    name = find("horizon_days").name
    scenario = design.profiles()[design.profile]
    return float(design.fixed.get(name, scenario.value(name)))
