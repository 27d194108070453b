"""The design of all combinations of the lessons, and a folder of its runs that was made before."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from kastje.experiments.designs import Design
from kastje.experiments.designs.factors import factor_of
from kastje.experiments.phrase import phrase
from kastje.experiments.runs.origin import origin
from kastje.experiments.runs.store import COMPLETE, Store, difference
from kastje.model import LESSONS, InputError, Scenario
from kastje.model.errors import unexpected, wrong
from kastje.model.parameters import find
from kastje.model.phrase import Argument

LOAD = "work.load"
LOADS = (1.0, 1.15)
NAME = "lessons"
LOADS_GIVEN = Argument("loads")
BEFORE = Argument("before")


def lessons_design(
    profile: str,
    *,
    loads: Sequence[float] = LOADS,
    replications: int = 20,
    seed: int = 1,
    fixed: Mapping[str, float] | None = None,
) -> Design:
    """Every combination of the lessons (0 or 1; 256 of eight) at each load, with the same seeds: a grid.

    `fixed` holds parameters by dotted name, and `ramp_days`. Raises InputError for a load out of bounds, given twice,
    or also among `fixed`.
    """
    if fixed and LOAD in fixed:
        raise InputError(phrase("lessons.load_fixed", where=Argument("fixed", LOAD), loads=LOADS_GIVEN))
    several = [find(LOAD).check(load, LOADS_GIVEN) for load in loads]
    if len(set(several)) < len(several):
        raise unexpected(LOADS_GIVEN, several, phrase("lessons.loads_once"))
    factors = [
        factor_of(LOAD, several, LOADS_GIVEN),
        *(factor_of(lesson, [0.0, 1.0], "lessons") for lesson in LESSONS),
    ]
    return Design.of(
        factors, kind="grid", profile=profile, name=NAME, fixed=fixed, replications=replications, seed=seed
    )


def made_before(before: Path, profile: str) -> tuple[Store, Design]:
    """The runs of `kastje lessons` in a folder and their design, to work out something else from them.

    Raises InputError when they are not of this profile and this model, or not complete.
    """
    store = Store(before)
    try:
        manifest = store.manifest
    except InputError as error:
        raise wrong(BEFORE, error.said) from None
    where = phrase("files.path", argument=BEFORE, path=str(before))
    told = manifest["design"]
    factors = {LOAD: told["factors"].get(LOAD, [])} | {lesson: [0.0, 1.0] for lesson in LESSONS}
    if told["kind"] != "grid" or told["factors"] != factors:
        raise wrong(where, phrase("lessons.made_before", name=repr(told["name"])))
    if manifest["status"] != COMPLETE:
        raise wrong(where, phrase("lessons.unfinished", status=manifest["status"]))
    design = lessons_design(
        profile,
        loads=told["factors"][LOAD],
        replications=told["replications"],
        seed=told["seed"],
        fixed=told["fixed"],
    )
    here = {"profile": design.profile, "model": origin()["model"], "profiles": _keys(design.profiles())}
    there = {"profile": told["profile"], "model": manifest["model"], "profiles": manifest["profiles"]}
    for part, value in here.items():
        if said := difference(part, there[part], value):
            raise wrong(where, phrase("lessons.other_runs", said=said))
    return store, design


def _keys(profiles: Mapping[str, Scenario]) -> dict[str, str]:
    return {name: scenario.world_key() for name, scenario in profiles.items()}
