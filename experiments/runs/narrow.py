"""Which points need more seeds? Those whose interval is still wider than the design asks."""

import numpy as np
import pandas as pd

from kastje.experiments.designs import Design
from kastje.experiments.difference.mean import Mean
from kastje.experiments.difference.paired import beside, today_of
from kastje.experiments.runs.plan import Stage
from kastje.experiments.runs.store import Store


def next_stage(design: Design, arms: pd.DataFrame, last: Stage, store: Store) -> Stage | None:
    """The next runs of a design whose replications depend on what was found; None when it is precise enough.

    It follows from the rows alone, so that a sweep that goes on after a kill decides the same.
    """
    several = design.replications
    if several.is_fixed:
        return None
    used = int(last.seeds.max()) + 1 - design.seed
    more = min(several.step, several.most - used)
    if more <= 0:
        return None
    first = last.first + len(last)
    found = store.table(["point", "world", "arm", "seed", several.outcome])
    # Runs of later stages may be there already, when this sweep goes on.
    wide = too_wide(design, found[found["run"] < first])
    still = np.isin(arms["point"].to_numpy(), wide)
    if not still.any():
        return None
    # Today's runs of their worlds go along: a pair needs both.
    with_today = still | ((arms["arm"] == "today") & arms["world"].isin(arms.loc[still, "world"])).to_numpy()
    begin = design.seed + used
    return Stage.of(last.number + 1, first, arms, np.flatnonzero(with_today), range(begin, begin + more))


def too_wide(design: Design, table: pd.DataFrame) -> list[int]:
    """The points whose 95 % interval of the outcome (its difference from today, if paired) is too wide.

    A point that stopped getting seeds is not looked at again; one with fewer than two usable values is too wide.
    """
    outcome = design.replications.outcome
    newest = table["seed"].max()
    going = table.loc[table["seed"] == newest, "point"].unique()
    today = today_of(table)[outcome]
    wide = []
    for point, rows in table[table["point"].isin(going)].groupby("point"):
        if design.paired and (rows["arm"] == "today").all():
            continue
        other = beside(today, rows).to_numpy() if design.paired else np.zeros(len(rows))
        if not Mean.of(rows[outcome].to_numpy() - other).half_width <= design.replications.half_width:
            wide.append(int(point))
    return wide
