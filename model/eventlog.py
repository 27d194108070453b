"""The event log as a table: one row per thing that happened, as in real municipalities' logs."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from kastje.model import state as st
from kastje.model.activities import ACTIVITIES
from kastje.model.channels import CHANNELS
from kastje.model.occasions import number_of_need
from kastje.model.records import PURPOSES
from kastje.model.world import WorldOf

COLUMNS = (
    "case",
    "activity",
    "step",
    "purpose",
    "resource",
    "department",
    "timestamp",
    "hours",
    "kind",
    "type",
    "channel",
    "detail",
)


def event_log(world: WorldOf, state: st.State) -> pd.DataFrame:
    """The log from the branch on, in order of time; empty when no log was kept.

    `case` is a stable id (process or question, and its number of arrival), `hours` the exact time in calendar hours
    since the branch. Which of the other columns an event fills, and what its `detail` is, `activities.ACTIVITIES` says.
    """
    run = state.run[0]
    log = state.log[: run["log"]] if run["logging"] else state.log[:0]
    needs = state.needs[log["need"]] if log.size else state.needs[:0]
    processes = [p.id for p in world.profile.processes]
    names = np.array([*processes, "question"], dtype=object)
    kind = names[np.where(needs["process"] >= 0, needs["process"], len(processes))]
    number = number_of_need(needs["key"]).astype(np.int64)
    types = np.array(
        [[t.id for t in p.types] + [""] * (6 - len(p.types)) for p in world.profile.processes] or [[""] * 6],
        dtype=object,
    )
    type_ = np.where(needs["process"] >= 0, types[np.maximum(needs["process"], 0), needs["type"]], "")
    steps = np.array([*world.step_names, ""], dtype=object)
    purposes = np.array([*PURPOSES, ""], dtype=object)
    teams = np.array([*(t.department for t in world.teams), ""], dtype=object)
    team = np.where(log["staff"] >= 0, state.staff["team"][np.maximum(log["staff"], 0)], len(world.teams))
    start = datetime.combine(world.profile.start, datetime.min.time())
    hours = log["t"] - run["branch"]
    return pd.DataFrame(
        {
            "case": [f"{k}-{n}" for k, n in zip(kind, number, strict=True)],
            "activity": np.array([*ACTIVITIES], dtype=object)[log["activity"]],
            # NOBODY is the last of these, the empty name.
            "step": steps[log["step"]],
            "purpose": purposes[log["purpose"]],
            "resource": [f"e{e}" if e >= 0 else "" for e in log["staff"]],
            "department": teams[team],
            "timestamp": pd.to_datetime([start + timedelta(hours=float(h)) for h in hours])
            if hours.size
            else pd.to_datetime([]),
            "hours": hours,
            "kind": kind,
            "type": type_,
            "channel": np.array(CHANNELS, dtype=object)[needs["channel"]],
            "detail": log["detail"],
        },
        columns=list(COLUMNS),
    )
