"""Run interpreted and write down every draw: prints how many there were, and which purposes drew a number twice."""

import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from kastje.agents.acts import Act
from kastje.model import Scenario, chance, simulate
from kastje.model.chance import Purpose

engine = import_module("kastje.model.engine")
drawn, drop_first = chance.drawn, engine.drop_first
Key = tuple[int, int, int]
seen: dict[Key, set[tuple[float, str]]] = defaultdict(set)
now = 0.0


def written_down(stem: int, purpose: int, occasion: int) -> float:
    frame = sys._getframe(1)
    seen[int(stem), int(purpose), int(occasion)].add((now, f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"))
    return drawn(stem, purpose, occasion)


def tick(s) -> None:
    global now
    now = float(s.heap[0]["t"])
    drop_first(s)


for module in [one for name, one in sys.modules.items() if name.startswith("kastje.model.")]:
    if getattr(module, "drawn", None) is drawn and module is not chance:
        module.drawn = written_down
engine.drop_first = tick

scenario = Scenario.load("groningen").with_parameters(horizon_days=56, runin_days=28).with_lessons(all=0.5, ramp_days=0)
if sys.argv[1] == "demanding":
    profile = scenario.profile
    hard = {"tailored": True, "criteria": True, "repeat": 0.4}
    profile._processes = tuple(
        one.model_copy(update={"steps": tuple(step.model_copy(update=hard) for step in one.steps)})
        for one in profile.processes
    )
    scenario = Scenario(profile=profile, lessons=scenario.lessons, parameters=scenario.parameters, ramp_days=0)
    scenario = scenario.with_parameters(nonstandard=0.9, return_rate=0.9, permission=0.2, return_days=2)
simulate(scenario, seed=1)
names = {int(p): p.name for p in Purpose} | {Purpose.ACT + act: act.name for act in Act}
print(len(seen), *sorted({names[purpose] for (_, purpose, _), told in seen.items() if len(told) > 1}))
