"""What happened to one resident in both worlds? The typical case of a pair of runs, from their event logs.

A case is one that began in the period: `days` from its first contact to its last decision, `told` how often the story
was told again, `referrals` how often the resident was sent elsewhere and had to go there alone.
"""

from dataclasses import dataclass

import pandas as pd

from model import Scenario, simulate
from model.shelf import Shelf

QUESTION = "question"
ENDS = {True: ("answered", "callback done"), False: ("decision",)}
"""With what a question (True) and an application (False) ends in the log."""
CASES: Shelf[pd.DataFrame] = Shelf(48)
"""The cases of runs that were looked at, by scenario and seed: about no visitor, so shared by all."""


@dataclass(frozen=True)
class Told:
    """What one case was like in one world."""

    days: float
    told: int
    referrals: int


@dataclass(frozen=True)
class Resident:
    """The case whose change of lead time lies nearest the median, among `of` cases decided in both worlds."""

    case: str
    kind: str
    type: str
    today: Told
    choice: Told
    median: float
    of: int


def cases_of(log: pd.DataFrame) -> pd.DataFrame:
    """One row per case that began and ended in the log: kind, type, days, told, referrals; by case.

    Applications; in a log without applications, questions.
    """
    applications = log[log["kind"] != QUESTION]
    questions = applications.empty
    log = log if questions else applications
    first = log.drop_duplicates("case").set_index("case")
    first = first[first["activity"] == "contact made"]
    ended = log[log["activity"].isin(ENDS[questions])].groupby("case")["hours"].max()
    cases = pd.DataFrame({"kind": first["kind"], "type": first["type"]})
    cases["days"] = (ended - first["hours"]) / 24.0
    for name, activity in (("told", "story told again"), ("referrals", "sent away")):
        counted = log[log["activity"] == activity].groupby("case").size()
        cases[name] = counted.reindex(cases.index, fill_value=0)
    if not questions:
        filed = log.loc[log["activity"] == "application filed", "case"]
        cases = cases[cases.index.isin(filed)]
    return cases.dropna(subset=["days"]).sort_index()


def typical(today: pd.DataFrame, choice: pd.DataFrame) -> Resident | None:
    """The case nearest the median change of lead time, in whole days; None when no case is decided in both worlds.

    Among equals the one nearest the mean change of stories and referrals, then the most ordinary lead time today.
    """
    both = today.join(choice[["days", "told", "referrals"]].add_suffix("_choice"), how="inner")
    if both.empty:
        return None
    change = both["days_choice"] - both["days"]
    median = float(change.median())
    both["far"] = (change - median).abs().round()
    rest = [both[f"{name}_choice"] - both[name] for name in ("told", "referrals")]
    both["rest"] = sum((one - one.mean()).abs() for one in rest).round(3)
    both["odd"] = (both["days"] - both["days"].median()).abs()
    row = both.sort_values(["far", "rest", "odd"], kind="stable").iloc[0]
    return Resident(
        case=str(row.name),
        kind=str(row["kind"]),
        type=str(row["type"]),
        today=Told(float(row["days"]), int(row["told"]), int(row["referrals"])),
        choice=Told(float(row["days_choice"]), int(row["told_choice"]), int(row["referrals_choice"])),
        median=median,
        of=len(both),
    )


def resident_of(scenario: Scenario, seed: int) -> Resident | None:
    """The typical case of the pair of runs with this seed. Runs both worlds once with their event log."""

    def cases(one: Scenario) -> pd.DataFrame:
        return CASES.get((one.key(), seed), lambda: cases_of(simulate(one, seed, log=True).event_log))

    return typical(cases(scenario.baseline()), cases(scenario))
