"""The working calendar: who works on which day, and how working hours map to calendar time.

Time is calendar hours since the first day of the run-in, at midnight. `hours[day, person]` holds how many hours
somebody works that day, from `opens` on; the last column is the organisation itself (its opening hours).
"""

import math

import numpy as np

from kastje.agents.compiled import rule
from kastje.model.chance import Purpose, draw, exponential
from kastje.model.occasions import entity_of_employee, occasion_of_leave

_PART_TIME, _LEAVE, _GAP, _SPELL = (
    np.int64(Purpose.PART_TIME),
    np.int64(Purpose.LEAVE),
    np.int64(Purpose.SICK_GAP),
    np.int64(Purpose.SICK_SPELL),
)


@rule
def fill_roster(hours, working, part_time, first_row, count, seed, sick_share, sick_spell, leave_days, day_hours):
    """Fill in who of a team works when: part-time days off, leave and sick spells by key; days sick and at work."""
    days = hours.shape[0]
    sick = 0.0
    well = 0.0
    for e in range(first_row, first_row + count):
        entity = entity_of_employee(e)
        off = -1
        if draw(seed, entity, _PART_TIME, 0) < part_time:
            off = int(draw(seed, entity, _PART_TIME, 1) * 5)
        for d in range(days):
            if working[d] and d % 7 != off:
                hours[d, e] = day_hours
        budget = leave_days * (0.8 if off >= 0 else 1.0)
        for year in range(days // 365 + 1):
            left = budget
            k = 0
            while left >= 1.0 and k < 60:
                length = min(left, 10.0 if k == 0 else (5.0 if k < 3 else 1.0))
                u = draw(seed, entity, _LEAVE, occasion_of_leave(year, k))
                d = year * 365 + int(u * 365)
                taken = 0.0
                while taken < length and d < days:
                    if hours[d, e] > 0.0:
                        hours[d, e] = 0.0
                        taken += 1.0
                    d += 1
                left -= length
                k += 1
        if sick_share > 0.0:
            # Spells are whole days (half a day longer on average), gaps whole days (half a day shorter).
            gap_mean = (sick_spell + 0.5) * (1.0 - sick_share) / sick_share + 0.5
            d = 0
            k = 0
            # The first gap starts somewhere inside a cycle: an exponential gap is without memory.
            while d < days:
                gap = exponential(draw(seed, entity, _GAP, k)) * gap_mean
                spell = max(1.0, exponential(draw(seed, entity, _SPELL, k)) * sick_spell)
                while gap >= 1.0 and d < days:
                    if working[d]:
                        gap -= 1.0
                    d += 1
                while spell > 0.0 and d < days:
                    if working[d]:
                        if hours[d, e] > 0.0:
                            sick += 1.0
                        hours[d, e] = 0.0
                        spell -= 1.0
                    d += 1
                k += 1
        for d in range(days):
            if hours[d, e] > 0.0:
                well += 1.0
    return sick, well


@rule
def next_work(hours, opens, who, t):
    """The first time at or after `t` at which this person is at work; infinity beyond the calendar."""
    day = int(t / 24.0)
    while day < hours.shape[0]:
        h = hours[day, who]
        if h > 0.0:
            start = day * 24.0 + opens
            if t < start:
                return start
            if t < start + h:
                return t
        day += 1
    return math.inf


@rule
def advance(hours, opens, who, t, work):
    """The time at which `work` hours are done by somebody who starts at `t` and goes on each working day."""
    if math.isinf(t):
        return t
    day = int(t / 24.0)
    left = work
    while day < hours.shape[0]:
        h = hours[day, who]
        if h > 0.0:
            start = day * 24.0 + opens
            begin = t if t > start else start
            room = start + h - begin
            if room > 0.0 and left <= room:
                return begin + left
            if room > 0.0:
                left -= room
        day += 1
    return math.inf


@rule
def worked_between(hours, opens, who, t0, t1):
    """The working hours of this person between two times."""
    if t1 <= t0:
        return 0.0
    total = 0.0
    last = min(int(t1 / 24.0), hours.shape[0] - 1)
    for day in range(int(t0 / 24.0), last + 1):
        h = hours[day, who]
        if h > 0.0:
            start = day * 24.0 + opens
            begin = t0 if t0 > start else start
            end = t1 if t1 < start + h else start + h
            if end > begin:
                total += end - begin
    return total
