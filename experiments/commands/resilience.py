"""`kastje resilience`: how long a surge of demand is felt, with the lessons and without them."""

from typing import Annotated

import typer

from experiments.commands import options
from experiments.compare import available
from experiments.resilience import Recovery, recovery
from experiments.terminal import print_json, progress, show, table
from model import InputError

SURGE_PANEL = "Surge"

Extra = Annotated[
    float,
    typer.Option("--extra", help="So much more demand: 1 is twice as much.", rich_help_panel=SURGE_PANEL, metavar="X"),
]
Weeks = Annotated[
    int,
    typer.Option(
        "--weeks", parser=options.whole(1, 52), help="How long it lasts.", rich_help_panel=SURGE_PANEL, metavar="N"
    ),
]


def resilience(
    profile: options.Profile,
    lesson: options.Lessons = None,
    set_: options.Settings = None,
    start_day: options.StartDay = None,
    ramp_days: options.RampDays = None,
    extra: Extra = 1.0,
    weeks: Weeks = 8,
    replications: options.Replications = 20,
    seed: options.Seed = 1,
    workers: options.Workers = options.CORES,
    as_json: options.AsJson = False,
) -> None:
    """A surge of demand: weeks until the lead time is back, and the share of runs in which it is not within a year.

    Example: kastje resilience groningen --lesson all=1 --extra 1 --weeks 8
    """
    if not 0.0 < extra <= 9.0:
        raise InputError(f"--extra: {extra:g}, expected a number above 0 and at most 9")
    scenario = options.scenario_from(profile, lesson, set_, None, start_day, ramp_days)
    arms = {"today": scenario.baseline()} | ({} if scenario.is_baseline else {"choice": scenario})
    found: dict[str, Recovery] = {}
    for name, arm in arms.items():
        with progress(f"Pairs with and without the surge, {name}", replications) as tick:
            found[name] = recovery(
                arm, extra=extra, weeks=weeks, replications=replications, seed=seed, workers=workers, progress=tick
            )
    if as_json:
        surge = {"extra": extra, "weeks": weeks}
        arms_found = {
            name: {
                "weeks_until_back": available(one.weeks),
                "not_back_within_a_year": one.not_back,
                "worst_ratio": available(one.worst),
            }
            for name, one in found.items()
        }
        print_json({"surge": surge, "replications": replications, **arms_found, "settings": scenario.as_dict()})
        return
    grid = table("", "Weeks until back", "Not back in a year", "Worst, times the calm lead time", numbers=(1, 2, 3))
    for name, one in found.items():
        weeks_back = f"{one.weeks:.1f}" if one.not_back < 1.0 else "never"
        grid.add_row(name, weeks_back, f"{one.not_back:.0%}", f"{one.worst:.2f}")
    title = scenario.profile.title.in_language("en")
    show(f"{title}: {1 + extra:g} times the demand for {weeks} weeks; {replications} pairs", grid)
    show("Back: within 10 % of the lead time without the surge, for four weeks on end.")
