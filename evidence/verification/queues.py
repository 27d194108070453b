"""Single stations against queueing theory (A1, A2, A3, A5, A6, A10): the textbook formulas, and runs of profiles."""

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from kastje.evidence.verification.estimate import mean
from kastje.evidence.verification.finding import Check, Finding
from kastje.evidence.verification.textbook import (
    LAST_HOURS,
    WARM_HOURS,
    Visits,
    ended,
    textbook,
    visits,
)
from kastje.model import simulate
from kastje.model.records import ABANDONED

SERVICE = 0.01
"""Mean service time of every queue here, hours; figures are in units of it, as theory gives them for a rate of 1."""
SEEDS = range(1, 25)
FEW = range(1, 13)
LOAD = 0.8


def erlang_c(servers: int, offered: float) -> float:
    """The chance to have to wait in M/M/c with so much work offered (erlang)."""
    full = offered**servers / math.factorial(servers) / (1.0 - offered / servers)
    return full / (sum(offered**k / math.factorial(k) for k in range(servers)) + full)


def erlang_b(servers: int, offered: float) -> float:
    """The chance to be turned away in M/M/c/c."""
    return offered**servers / math.factorial(servers) / sum(offered**k / math.factorial(k) for k in range(servers + 1))


def runs_of(name: str, seeds: range = SEEDS) -> Iterator[Visits]:
    """The runs of a profile, one by one (a run takes some 200 MB)."""
    return (visits(textbook(name), seed) for seed in seeds)


def _mm1() -> list[Finding]:
    found = np.array([(v.waited.mean(), v.sojourn.mean(), v.number * SERVICE) for v in runs_of("mm1")]) / SERVICE
    wait = LOAD / (1.0 - LOAD)
    return [
        mean("A1", "M/M/1, load .8: mean wait Wq", wait, found[:, 0]),
        mean("A1", "M/M/1, load .8: mean time in the system W", wait + 1.0, found[:, 1]),
        mean("A1", "M/M/1, load .8: mean number in the system L", wait, found[:, 2]),
    ]


def _mmc(check: str, servers: int, seeds: range) -> list[Finding]:
    offered = LOAD * servers
    delayed = erlang_c(servers, offered)
    wait, spare = delayed / (servers - offered), servers - offered
    rows = []
    for v in runs_of(f"mm{servers}", seeds):
        late = (v.waited > 1e-12).mean()
        rows.append((late, v.waited.mean() / SERVICE, v.queue, (v.waited > 0.1 * SERVICE).mean()))
    found = np.array(rows)
    name = f"M/M/{servers}, load .8"
    return [
        mean(check, f"{name}: chance to wait (Erlang C)", delayed, found[:, 0]),
        mean(check, f"{name}: mean wait Wq", wait, found[:, 1]),
        mean(check, f"{name}: mean number in the queue Lq", wait * offered, found[:, 2]),
        mean(check, f"{name}: chance to wait longer than .1", delayed * math.exp(-0.1 * spare), found[:, 3]),
    ]


def _five() -> list[Finding]:
    """M/M/5 by its records, and by the outcomes that a user sees."""
    rows = _mmc("A3", 5, SEEDS)
    wait = erlang_c(5, 4.0)  # (c - a) is 1 here, so the mean wait is the chance to wait.
    outcomes = [simulate(textbook("mm5"), seed).as_dict() for seed in FEW]
    days = [x["lead_time_days_mean"] * 24.0 / SERVICE for x in outcomes]
    used = [x["staff_utilisation"] for x in outcomes]
    return [
        *rows,
        mean("A3", "M/M/5, load .8: the outcome lead_time_days_mean, in service times", wait + 1.0, days),
        mean("A3", "M/M/5, load .8: the outcome staff_utilisation", LOAD, used),
    ]


def _erlang_b() -> list[Finding]:
    blocked = []
    for seed in FEW:
        world, state = ended(textbook("phone"), seed)
        calls = state.contacts[: state.run["contacts"][0]]
        inside = (calls["at"] >= WARM_HOURS) & (calls["at"] < world.arrays.end - LAST_HOURS)
        blocked.append((calls["result"][inside] == ABANDONED).mean())
    return [mean("A5", "M/M/5/5, 4 erlang offered: share turned away (Erlang B)", erlang_b(5, 4.0), blocked)]


def _mg1() -> list[Finding]:
    rows = []
    for name, kind, cv2 in (
        ("md1", "fixed", 0.0),
        ("me1", "Erlang", 0.25),
        ("mm1", "exponential", 1.0),
        ("mg1", "lognormal", 2.0),
    ):
        expected = LOAD * (1.0 + cv2) / 2.0 / (1.0 - LOAD)
        waits = [v.waited.mean() / SERVICE for v in runs_of(name)]
        rows.append(mean("A6", f"M/G/1, load .8, {kind} service, cv2 = {cv2:g}: mean wait Wq", expected, waits))
    return rows


def _rework() -> list[Finding]:
    """Feedback in an open network (Jackson): 1 / (1 - p) visits, each of 1 / (mu - lambda / (1 - p)) on average."""
    again, arrivals = 0.3, 0.4
    found = np.array([(v.services.mean(), v.sojourn.mean() / SERVICE) for v in runs_of("rework_queue", FEW)])
    visits_each = 1.0 / (1.0 - again)
    sojourn = visits_each / (1.0 - arrivals * visits_each)
    return [
        mean("A10", "rework with chance .3: visits per customer", visits_each, found[:, 0]),
        mean("A10", "rework with chance .3, load .571: mean time in the system", sojourn, found[:, 1]),
    ]


QUEUES: tuple[Check, ...] = (
    Check("A1", "M/M/1", _mm1),
    Check("A2", "M/M/2", partial(_mmc, "A2", 2, SEEDS)),
    Check("A3", "M/M/5 (Erlang C)", _five),
    Check("A5", "M/M/5/5 (Erlang B)", _erlang_b),
    Check("A6", "M/G/1 (Pollaczek-Khinchine)", _mg1),
    Check("A10", "Rework", _rework),
)
