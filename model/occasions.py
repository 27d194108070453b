"""Whose draw, and on which occasion: the numbers that keep draws apart, all in this one place.

A draw is keyed by seed, entity, purpose and occasion (`kastje.model.chance`). Two entities must not have one number,
nor two occasions of one purpose and entity, or one draw would decide two things. Here what tells occasions apart is
packed into one whole number, each part in bits of its own. What has outgrown its bits (the 256th visit to an item)
goes on from bit 40 or higher, where it meets nothing, since purposes end below: no part runs over into its neighbour.

Of one need, work items are numbered in three ranges: steps of a case, contacts, questions that were passed on. A visit
to an item is numbered within the item, so that it can stand for the item in a number made of it.
"""

import numpy as np

from kastje.agents.compiled import rule

NEEDS, EMPLOYEES, RESIDENTS, ORGANISATION = map(np.int64, (1 << 40, 1 << 56, 1 << 57, 1 << 58))
"""Entities: below NEEDS the streams of arrivals, then needs, 2**40 for each process, then the other ranges."""
CONTACTS, CALLBACKS = map(np.int64, (1 << 22, 1 << 23))
"""Occasions of items: where those of contacts begin, and those of questions passed on; steps begin at 0."""
FELLOWS, KNOWN_TEAMS = map(np.int64, (64, 64))
BEYOND, FARTHER, FARTHEST = map(np.int64, (40, 48, 56))
"""From which bits on parts continue that have outgrown their own."""


@rule
def entity_of_stream(stream):
    """A stream of arrivals, by its number from 0 on."""
    return stream + 1


@rule
def entity_of_need(process, number):
    """The so many-th need of a process (-1: of plain questions), in the order of arrival."""
    return np.int64(process + 2) * NEEDS + number


def number_of_need(entity):
    """Which arrival of its process a need was, by its entity (one, or an array of them)."""
    return entity % NEEDS


@rule
def entity_of_employee(employee):
    """The person on a post, by its row."""
    return EMPLOYEES + employee


@rule
def entity_of_resident(resident):
    """A resident, by their row."""
    return RESIDENTS + resident


@rule
def _part(value, bits, place, beyond):
    """`value` in so many bits from bit `place` on; what of it does not fit goes on from bit `beyond`."""
    return ((value & ((1 << bits) - 1)) << place) + ((value >> bits) << beyond)


@rule
def occasion_of_step(returns, step):
    """The item of a step (by its place in the process), after so many returns of the applicant."""
    return (returns << 13) + (step << 8)


@rule
def occasion_of_contact(contacts, tries):
    """The item of the so many-th contact about a need, when it was tried so often before."""
    return CONTACTS + _part(contacts, 11, 11, BEYOND) + (tries << 8)


@rule
def occasion_of_callback(calls):
    """The item of a question that is passed on at the so many-th call about a need."""
    return CALLBACKS + (calls << 8)


@rule
def occasion_of_visit(item, visits):
    """The so many-th time that an item (by its occasion) is taken up; before the first it is the item's own."""
    return item + _part(visits, 8, 0, FARTHER)


@rule
def occasion_of_repeat(item, repeats):
    """The work on an item when it was done so often before."""
    return item + _part(repeats, 8, 0, FARTHER)


@rule
def occasion_of_opening(contacts, tries):
    """A resident waits for the lines to open, after so many contacts about a need and tries of this one."""
    return CONTACTS + _part(contacts, 8, 3, FARTHER) + tries


@rule
def occasion_of_volunteer(item, visits, repeats, step):
    """Whether somebody looks for a solution at a visit: who has the item (-1), or a helper from an advising step.

    A step that is searched again was repeated in between, and so no two searches of it have one number.
    """
    return item + _part(visits + step + 1, 8, 0, FARTHEST) + (repeats << BEYOND)


@rule
def occasion_of_component(returns, searched, repeats, rounds, component):
    """Whether a missing component is found in a round of a search, of the so many-th step that searches."""
    return (returns << 9) + (rounds << 3) + component + (searched << BEYOND) + (repeats << FARTHER)


@rule
def occasion_of_ruling(visit, criteria):
    """Whether a manager allows what was found at a visit; where the step guards criteria its keeper has been asked."""
    return visit + (criteria << BEYOND)


@rule
def occasion_of_cause(visit, cause):
    """Whether improvement work has taken away this cause of failure at this visit."""
    return (visit << 4) + cause + 1


@rule
def occasion_of_day(item, day):
    """What becomes of an item that waits on this day."""
    return (item << 13) + day


@rule
def occasion_of_collision(returns, step, other):
    """Whether the advice of a step collides with that of another one."""
    return (returns << 10) + (step << 5) + other


@rule
def occasion_of_salience(returns, team):
    """How much a case stands out to a team, after so many returns."""
    return (returns << 12) + team


@rule
def occasion_of_listener(returns, listener):
    """Who is the so many-th to hear how it was, after so many returns."""
    return (returns << 4) + listener


@rule
def occasion_of_seat(step):
    """Who of a team comes to the early consultation for a step; -1 stands for whoever will own the case."""
    return step + 1


@rule
def occasion_of_fellow(step):
    """Who of the team of an advising step helps to look for a solution."""
    return FELLOWS + step


@rule
def occasion_of_leave(year, spell):
    """When somebody takes the so many-th part of a year's leave."""
    return (year << 6) + spell


@rule
def occasion_of_session(week, session):
    """Whether somebody comes to the so many-th session of a week."""
    return (week << 2) + session


def occasion_of_pair(a, b):
    """Whether two departments share a system."""
    return min(a, b) * 64 + max(a, b)


def occasion_of_known_team(team):
    """How well somebody knows what another team does; the ties to colleagues come before it."""
    return KNOWN_TEAMS + team
