"""Work items and the lists they lie on: a pool and a live queue per team, a personal list per employee.

List numbers: pools 0..T-1, live queues T..2T-1, personal lists 2T..2T+N-1.
"""

from kastje.agents.compiled import rule
from kastje.model.lead import ELSEWHERE, moves_to
from kastje.model.records import FREE, NEVER, NOBODY


@rule
def new_item(s, kind, need, step, team, occasion):
    """A fresh work item (its row number), taken from the free list if there is one."""
    run = s.run[0]
    i = run["free_item"]
    if i != NOBODY:
        run["free_item"] = s.items[i]["next"]
    else:
        i = run["items"]
        run["items"] = i + 1
    run["made"] += 1
    it = s.items[i]
    it["kind"] = kind
    it["state"] = FREE
    it["need"] = need
    it["step"] = step
    it["contact"] = NOBODY
    it["about"] = NOBODY
    it["team"] = team
    it["list"] = NOBODY
    it["prev"] = NOBODY
    it["next"] = NOBODY
    it["assigned"] = NOBODY
    it["sender"] = NOBODY
    it["wrong"] = 0
    it["misinformed"] = 0
    it["told"] = 0
    it["settled"] = 0
    it["round"] = 0
    it["found"] = 0
    it["repeats"] = 0
    it["visits"] = 0
    it["outcome"] = 0
    it["occasion"] = occasion
    it["queued"] = 0.0
    it["deadline"] = NEVER
    it["noise"] = 0.0
    it["hours"] = 0.0
    it["gap"] = 0.0
    it["tracked"] = 0
    it["phase"] = ELSEWHERE
    it["taking"] = 0
    return i


@rule
def free_item(w, s, i, t, done):
    """Give an item back; `done` says whether its work was done or called off."""
    run = s.run[0]
    moves_to(w, s, i, t, ELSEWHERE)
    s.items[i]["state"] = FREE
    s.items[i]["next"] = run["free_item"]
    run["free_item"] = i
    if done:
        run["finished"] += 1
    else:
        run["cancelled"] += 1


@rule
def append(s, i, number):
    """Put an item at the end of a list."""
    it = s.items[i]
    line = s.lists[number]
    it["list"] = number
    it["next"] = NOBODY
    it["prev"] = line["tail"]
    if line["tail"] == NOBODY:
        line["head"] = i
    else:
        s.items[line["tail"]]["next"] = i
    line["tail"] = i
    line["length"] += 1


@rule
def unlink(w, s, i):
    """Take an item off its list (it is served, moved or called off)."""
    it = s.items[i]
    line = s.lists[it["list"]]
    if it["prev"] == NOBODY:
        line["head"] = it["next"]
    else:
        s.items[it["prev"]]["next"] = it["next"]
    if it["next"] == NOBODY:
        line["tail"] = it["prev"]
    else:
        s.items[it["next"]]["prev"] = it["prev"]
    line["length"] -= 1
    s.crews[crew_of(w, s, it["list"])]["waiting"] -= it["hours"]
    it["list"] = NOBODY


@rule
def crew_of(w, s, number):
    """The team that a list belongs to."""
    teams = w.teams.shape[0]
    if number < teams:
        return number
    if number < 2 * teams:
        return number - teams
    return s.staff[number - 2 * teams]["team"]
