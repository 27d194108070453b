"""The roster: which days are working days, and who works on them (part-time, leave, sickness, holidays)."""

from datetime import date, timedelta
from functools import lru_cache

import holidays
import numpy as np

from kastje.model.calendar import fill_roster
from kastje.model.profile import Profile

OPENS = 9.0
DAY_HOURS = 8.0
MARGIN_DAYS = 120


@lru_cache
def working_days(first: date, days: int) -> np.ndarray:
    """Which of the days are working days: no weekend and no Dutch public holiday (a bool per day; not to be changed).

    Kept, since every run asks and looking the holidays up takes over a millisecond.
    """
    closed = holidays.country_holidays("NL", years=range(first.year, (first + timedelta(days)).year + 1))
    open_ = [(d := first + timedelta(k)).weekday() < 5 and d not in closed for k in range(days)]
    return np.array(open_, dtype=np.bool_)


def roster(profile: Profile, days: int, seed: int, values: dict[str, float]) -> tuple[np.ndarray, float]:
    """Who works when, and the share of working days lost to sickness.

    Hours of work per day and person (days x staff + 1): part-time, holidays, leave and sick spells drawn by key. With
    `calendar = "always"` everybody works round the clock without leave or sickness, for checks against theory.
    """
    staff = profile.staff
    if profile.calendar == "always":
        return np.full((days, staff + 1), 24.0), 0.0
    hours = np.zeros((days, staff + 1))
    first = profile.start - timedelta(days=int(values["runin_days"]))
    working = working_days(first, days)
    row = 0
    sick = well = 0.0
    for _, team in profile.teams():
        away, at_work = fill_roster(
            hours,
            working,
            team.part_time,
            row,
            team.staff,
            seed,
            values["sick_share"],
            values["sick_spell_days"],
            values["leave_days"],
            DAY_HOURS,
        )
        row += team.staff
        sick += away
        well += at_work
    hours[:, staff] = np.where(working, DAY_HOURS, 0.0)
    return hours, sick / max(1.0, sick + well)
