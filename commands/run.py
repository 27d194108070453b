"""`kastje run`: one run and its outcomes."""

from kastje.commands import options
from kastje.commands.terminal import print_json, progress, show, table
from kastje.model import simulate
from kastje.model.outcomes import OUTCOMES


def run(
    profile: options.Profile,
    lesson: options.Lessons = None,
    set_: options.Settings = None,
    start_day: options.StartDay = None,
    ramp_days: options.RampDays = None,
    seed: options.Seed = 1,
    days: options.Days = None,
    as_json: options.AsJson = False,
) -> None:
    """One run: what residents and employees got.

    Example: kastje run tilburg --lesson ownership=0.8 --set load=1.1 --seed 7 --days 365
    """
    scenario = options.scenario_from(profile, lesson, set_, days, start_day, ramp_days)
    with progress("Running", 1) as tick:
        outcomes = simulate(scenario, seed=seed).as_dict()
        tick(1, 1)
    if as_json:
        print_json(outcomes)
        return
    grid = table("Outcome", "Value", "Unit", numbers=(1,))
    for name, outcome in OUTCOMES.items():
        grid.add_row(outcome.label["en"], outcome.written(outcomes[name]), outcome.unit["en"])
    show(f"{scenario.profile.title.in_language('en')}, seed {seed}", grid)
