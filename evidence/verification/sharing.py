"""C9 and C20: shared information spares stories as far as it is shared and people act on it."""

from kastje.evidence.verification.finding import Finding
from kastje.evidence.verification.organisations import (
    PERMIT,
    TOWN,
    Data,
    channels,
    every_team,
    loaded,
    town,
)
from kastje.evidence.verification.runs import figures, log_bytes, needs_of, ran, rows_in, z_of
from kastje.model import Scenario


def _acting(**parameters: float) -> Scenario:
    """The town where every act is done: the product form of the act rule at full vision."""
    profile = every_team(TOWN, lived_vision=1.0)
    profile["channels"] = channels(loss=0.0, loss_low_skill=0.0)
    certain = {"form": 1, "floor_support": 1.0, "beta_p": 0.0, "eta_c": 0.0, "lookup_forced": 1.0, "horizon_days": 182}
    profile["parameters"] = (
        TOWN["parameters"] | certain | {"keeper_tolerance": 1.0, "misroute_forced": 0.0} | parameters
    )
    return loaded(profile, {"permit.toml": PERMIT})


def shared_information() -> list[Finding]:
    """C9: all is shared, recorded and looked up: nobody tells the story again; nothing is shared: content is idle."""
    perfect = _acting(kappa=1.0, agreed=1.0, half_life_days=400.0, stale_wrong=1.0)
    _, state = ran(perfect, 3)
    needs = needs_of(state)
    stories, handovers = int(needs["stories"].sum()), int(needs["handovers"].sum())
    without = int(needs_of(ran(perfect.with_parameters(kappa=0.0), 3)[1])["stories"].sum())
    findings = [
        Finding(
            "C9",
            "the town, 273 days, kappa = agreed = 1, all look up and record, nothing lost in a channel, no stalls; a "
            "record that is out of date is not noticed (its half-life can be 400 days at most)",
            "0 stories after the first",
            f"{stories} stories at {handovers} handovers ({without} at kappa 0)",
            "exact",
            stories == 0 and handovers > 0 and without > 0,
        )
    ]
    # Looking up is an act like others: what is seen of it would move the anchor of vision.
    idle = {"kappa": 0.0, "lookup_hours": 0.0, "eta_d": 0.0, "eta_c": 0.0, "horizon_days": 182}
    direct: Data = {"front_office": None, "questions": None}
    plain = log_bytes(town(**direct, parameters=idle | {"lookup_forced": 0.0, "agreed": 0.0}), 3)
    uses = {
        "agreed 1": {"agreed": 1.0},
        "look-ups 1": {"lookup_forced": 1.0},
        "both, half-life 1 day, all stale wrong": {
            "agreed": 1.0,
            "lookup_forced": 1.0,
            "half_life_days": 1.0,
            "stale_wrong": 1.0,
        },
    }
    same = {
        name: log_bytes(town(**direct, parameters=idle | {"lookup_forced": 0.0, "agreed": 0.0} | use), 3) == plain
        for name, use in uses.items()
    }
    findings.append(
        Finding(
            "C9",
            "the town without a front office (within a department the file is always at hand), 182 days, kappa 0, "
            "look-ups free: agreed content, look-ups, age",
            "identical logs",
            "; ".join(f"{name}: {'identical' if equal else 'another log'}" for name, equal in same.items())
            + f" ({rows_in(plain)} rows)",
            "event log, every byte",
            all(same.values()),
        )
    )
    return findings


def acted_on(seeds: int = 12) -> list[Finding]:
    """C20: shared information spares more stories where people look up and record."""
    effects = {}
    for name, theta in (("seldom", -5.5), ("often", -3.5)):
        today = Scenario.load("tilburg").with_parameters(horizon_days=182, theta_look_up=theta, theta_record=theta)
        lesson = today.with_lessons(shared_information=1.0, ramp_days=0.0)
        before, after = (figures(s, range(1, seeds + 1), ("stories_per_case",))[:, 0] for s in (today, lesson))
        effects[name] = before - after
    ratio = float(effects["often"].mean() / effects["seldom"].mean())
    z = z_of(effects["often"] - effects["seldom"])
    return [
        Finding(
            "C20",
            f"Tilburg, 182 days, {seeds} seeds, shared_information at 1; thresholds of looking up and recording -5.5 "
            "and -3.5",
            "more stories spared where people act",
            f"{effects['seldom'].mean():.2f} and {effects['often'].mean():.2f} stories a case spared (x {ratio:.1f}); "
            f"difference {z:.1f} standard errors (paired)",
            "at least 1.5 times, beyond 3 standard errors",
            ratio > 1.5 and z > 3.0,
        )
    ]
