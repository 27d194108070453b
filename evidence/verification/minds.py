"""C17: the work without attitudes that move, and attitudes without work."""

import networkx as nx
import numpy as np

from kastje.evidence.verification.finding import Finding
from kastje.evidence.verification.organisations import town
from kastje.evidence.verification.runs import log_bytes, ran, rows_in
from kastje.model import Scenario
from kastje.model import state as st
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.world import WorldOf

EXACT = 1e-12
WEEK = 168.0


def _heard(world: WorldOf, cross: float) -> np.ndarray:
    """Who hears whom (W of equation 2.6), from the network of ties and not from the engine's arrays."""
    nodes = range(world.profile.staff)
    own, other = (nx.to_numpy_array(world.graph, nodelist=nodes, weight=part) for part in ("own", "cross"))
    return np.asarray((1.0 - cross) * own + cross * other)


def _next(x: np.ndarray, anchor: np.ndarray, lam: np.ndarray, heard: np.ndarray, alpha: float) -> np.ndarray:
    return x + alpha * (lam * (heard @ x) + (1.0 - lam) * anchor - x)


def frozen() -> list[Finding]:
    """Attitudes that do not move are constants: nothing of how they would have moved changes an event."""
    still = {"alpha": 0.0, "eta_d": 0.0, "eta_c": 0.0, "turnover": 0.0, "mobility": 0.0, "horizon_days": 182}
    today = town(parameters=still)
    world, state = ran(today, 4)
    moved = int(
        (state.staff["v"] != state.staff["v_anchor"]).sum() + (state.staff["o"] != state.staff["o_anchor"]).sum()
    )
    first = start_of(today.with_parameters(runin_days=0), 4).staff
    moved += int((first["v"] != state.staff["v"]).sum() + (first["o"] != state.staff["o"]).sum())
    plain = log_bytes(today, 4)
    other = log_bytes(today.with_parameters(susceptibility=0.9, cross_share=0.6, anchor_low=0.6, eta_f=0.4), 4)
    return [
        Finding(
            "C17",
            "the town, 273 days, alpha = eta_d = eta_c = 0, nobody leaves; then with other susceptibility, ties and "
            "lowest anchor",
            f"v and o of {world.profile.staff} people as on the first day; identical logs",
            f"{moved} values moved; {'identical' if plain == other else 'another log'} ({rows_in(plain)} rows)",
            "every byte",
            moved == 0 and plain == other,
        )
    ]


def without_work(weeks: int = 52) -> list[Finding]:
    """Without work the model is the attitude model: equation 2.6 week by week, with sessions and role descriptions."""
    alone = town(
        calendar="always",
        parameters={
            "load": 0.0,
            "turnover": 0.0,
            "mobility": 0.0,
            "runin_days": 0,
            "horizon_days": 7 * weeks,
            "attendance": 1.0,
        }
        | {"sessions_per_year": 12.0, "lesson_cost": 0.0, "anchor_rate": 0.05},
    )
    world = world_of(alone)
    p = alone.values()
    state = drive(alone, world, start_of(alone, 1), world.arrays.end - 1.0)
    heard = _heard(world, p["cross_share"])
    lam = np.where(world.arrays.start["heads"] == 1, 0.0, p["susceptibility"])
    fresh = start_of(alone.with_parameters(sessions_per_year=0.0, alpha=0.0, anchor_rate=0.0), 1).staff
    v, v_anchor, o, o_anchor = (fresh[f].copy() for f in ("v", "v_anchor", "o", "o_anchor"))
    for week in range(weeks):
        v, o = (_next(x, u, lam, heard, p["alpha"]) for x, u in ((v, v_anchor), (o, o_anchor)))
        o_anchor = o_anchor + p["anchor_rate"] * np.maximum(0.0, p["anchor_target"] - o_anchor)
        sessions = int((week + 1) * p["sessions_per_year"] / 52.0) - int(week * p["sessions_per_year"] / 52.0)
        for _ in range(sessions):
            v = v + p["eta_f"] * (1.0 - v)
    off = max(float(np.abs(state.staff[f] - x).max()) for f, x in (("v", v), ("o", o), ("o_anchor", o_anchor)))
    went = float(np.abs(state.staff["v"] - fresh["v"]).max())
    return [
        Finding(
            "C17",
            f"the town, load 0, {weeks} weeks, 12 sessions a year, role descriptions growing at .05 a week",
            "v, o and their anchors are equation 2.6 iterated in numpy on the network of ties",
            f"largest difference {off:.1g} (v itself moved by up to {went:.2f})",
            f"{EXACT:g}",
            off < EXACT and went > 0.1,
        )
    ]


def _before_and_after(scenario: Scenario, world: WorldOf, state: st.State, monday: float) -> tuple[st.State, st.State]:
    before = drive(scenario, world, state, monday - 1e-3)
    kept = before._replace(staff=before.staff.copy())
    return kept, drive(scenario, world, before, monday)


def with_work(weeks: int = 26) -> list[Finding]:
    """With work, each Monday moves attitudes by equation 2.6 on the acts and the support of the week before."""
    # Round the clock, so that Monday's tick does not fall on the minute at which everybody begins.
    working = town(
        calendar="always",
        parameters={"turnover": 0.0, "mobility": 0.0, "runin_days": 28, "horizon_days": 7 * weeks + 7},
    )
    world, p = world_of(working), working.values()
    heard = _heard(world, p["cross_share"])
    lam = np.where(world.arrays.start["heads"] == 1, 0.0, p["susceptibility"])
    state = start_of(working, 2)
    off = moved = 0.0
    for week in range(1, weeks + 1):
        monday = world.runin_hours + week * WEEK + world.arrays.opens
        before, state = _before_and_after(working, world, state, monday)
        x = before.staff
        share = np.divide(x["acted"], x["opportunities"], out=np.zeros(len(x)), where=x["opportunities"] > 0)
        lived = x["v_anchor"] + p["eta_d"] * share * x["s"] * (1.0 - x["v_anchor"])
        lived -= p["eta_c"] * (1.0 - x["s"]) * np.maximum(0.0, x["v_anchor"] - p["anchor_low"])
        anchor = np.where(x["opportunities"] > 0, lived, x["v_anchor"])
        v = _next(x["v"], x["v_anchor"], lam, heard, p["alpha"])
        off = max(off, float(np.abs(state.staff["v"] - v).max()), float(np.abs(state.staff["v_anchor"] - anchor).max()))
        moved = max(moved, float(np.abs(state.staff["v_anchor"] - x["v_anchor"]).max()))
    return [
        Finding(
            "C17",
            f"the town at work, {weeks} Mondays, acts, opportunities and support read just before each",
            "v and its anchor after each Monday are equation 2.6",
            f"largest difference {off:.1g} (an anchor moved by up to {moved:.3f} in a week)",
            f"{EXACT:g}",
            off < EXACT and moved > 0.0,
        )
    ]


def attitudes() -> list[Finding]:
    """C17 in three parts: frozen, without work, with work."""
    return [*frozen(), *without_work(), *with_work()]
