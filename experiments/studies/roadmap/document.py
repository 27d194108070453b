"""A roadmap as one document, and the picture that goes with it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kastje.experiments.studies.roadmap.plan import Plan, missing, settings_of
from kastje.experiments.studies.roadmap.trial import Trial
from kastje.model import LESSONS


def document(
    plan: Plan, trial: Trial, found: Mapping[str, pd.DataFrame], weights: Mapping[str, float]
) -> dict[str, Any]:
    """The roadmap as plain data."""
    promised = [schedule.value for schedule in plan.schedules.values()]
    return {
        "title": f"roadmap, {plan.terrain.budget:g} hours a quarter",
        "plan": settings_of(plan.terrain) | {"weights": dict(weights), "seeds_usable": plan.terrain.worth.shape[1]},
        "never_fits": [LESSONS[one] for one in plan.terrain.never()],
        "best_leaves": missing(plan.named("best")),
        "leaves_out_when_it_may_stop": [LESSONS[one] for one in plan.left_out()],
        "called": dict(plan.called),
        "orders": found["orders"].to_dict("records"),
        "best_by_quarter": found["quarters"][found["quarters"]["order"] == "best"].to_dict("records"),
        "regret_of_random_orders": dict(plan.random),
        "rank_agreement": trial.agreement(promised),
    }


def draw(plan: Plan, folder: Path, told: Mapping[str, Any]) -> None:
    """Draw the roadmap into a folder, with what its document tells of profile, seeds and model below it."""
    # Here, because drawing takes a second that a wrong option should not have to wait for.
    from kastje.experiments.studies.roadmap.picture import roadmap_picture
    from kastje.experiments.studies.sheet import Caption

    seeds, made = told["seeds"]["chosen_on"], told["origin"]
    caption = Caption(
        Path(told["settings"]["profile"]).name,
        f"{min(seeds)} to {max(seeds)}",
        made["kastje"],
        made["model"],
    )
    roadmap_picture(plan, told["plan"]["weights"], folder, "roadmap", caption)
