"""What the engine asks of a resident: who needs something, by which channel, how it felt, what others hear of it."""

import numpy as np

from kastje.agents.compiled import rule
from kastje.agents.resident import ease, expectation, outside_standard, satisfaction, timeliness
from kastje.model.chance import Purpose, draw, drawn, stem
from kastje.model.occasions import entity_of_need, entity_of_resident, occasion_of_listener
from kastje.model.records import NEVER, NOBODY, OPEN, PENDING, TAKEN_IN

_RESIDENT, _VULNERABLE, _SKILL, _CHANNEL = (
    np.int64(Purpose.RESIDENT),
    np.int64(Purpose.VULNERABLE),
    np.int64(Purpose.SKILL),
    np.int64(Purpose.CHANNEL),
)
_ORGANISATION = np.int64(Purpose.ORGANISATION)
_HEARS, _TRUST = np.int64(Purpose.HEARS), np.int64(Purpose.TRUST)
COMPONENTS = 8
WANTED = 3


@rule
def pick_channel(w, low_skill, u):
    """The channel that a resident picks, by digital skill."""
    total = 0.0
    for c in range(w.channels.shape[0]):
        total += w.channels[c]["share_low"] if low_skill else w.channels[c]["share"]
        if u < total:
            return c
    return w.channels.shape[0] - 1


@rule
def organisation_of_resident(w, seed, entity):
    """The municipality that a resident lives in, by their shares of the inhabitants."""
    last = w.organisation_share.size - 1
    if last == 0:
        return 0
    u = draw(seed, entity, _ORGANISATION, 0)
    for k in range(last):
        if u < w.organisation_share[k]:
            return k
    return last


@rule
def new_need(w, s, t, process, number):
    """A resident's need as it arises: who it is, and by which channel it comes; process -1 is a plain question."""
    run = s.run[0]
    p = s.par[0]
    seed = run["seed"]
    i = run["needs"]
    run["needs"] = i + 1
    run["arrived"] += 1
    key = entity_of_need(process, number)
    # A fresh row holds noughts.
    n = s.needs[i]
    n["key"] = key
    root = stem(seed, key)
    n["stem"] = root
    n["process"] = process
    n["role"] = NOBODY
    who = int(drawn(root, _RESIDENT, 0) * s.trust.size)
    n["resident"] = who
    entity = entity_of_resident(who)
    share = p["vulnerable_share"]
    n["vulnerable"] = 1 if share > 0.0 and draw(seed, entity, _VULNERABLE, 0) < share else 0
    # Low digital skill is more than twice as likely among vulnerable residents, at the same share overall.
    weight = 1.8 if n["vulnerable"] else (1.0 - 1.8 * p["vulnerable_share"]) / max(1e-9, 1.0 - p["vulnerable_share"])
    share = p["low_skill_share"] * weight
    n["low_skill"] = 1 if share > 0.0 and draw(seed, entity, _SKILL, 0) < share else 0
    n["channel"] = pick_channel(w, n["low_skill"], drawn(root, _CHANNEL, 0))
    n["organisation"] = organisation_of_resident(w, seed, entity)
    n["state"] = OPEN
    n["start"] = t
    n["clock"] = t
    n["server"] = NOBODY
    n["filed"] = NEVER
    n["deadline"] = NEVER
    n["decided"] = NEVER
    n["first_decided"] = NEVER
    n["first_due"] = NEVER
    n["owner"] = NOBODY
    n["last_staff"] = NOBODY
    n["last_team"] = NOBODY
    n["callback"] = NOBODY
    n["dropped"] = NOBODY
    return i


@rule
def mean_trust(s):
    """Reputation: the mean of all residents' trust."""
    return s.run[0]["trust_sum"] / s.trust.size


@rule
def _move_trust(s, who, mark, weight):
    change = weight * (mark - s.trust[who])
    s.trust[who] += change
    s.run[0]["trust_sum"] += change


@rule
def feel(w, s, t, need, fit_, expected_days):
    """How satisfied the resident is now that this need is answered; they remember it and tell others."""
    p = s.par[0]
    n = s.needs[need]
    who = n["resident"]
    experience = (
        p["weight_time"] * timeliness((t - n["start"]) / 24.0, expected_days)
        + p["weight_ease"]
        * ease(max(0, n["contacts"] - 1), n["stories"], n["bounces"], p["per_contact"], p["per_story"], p["per_bounce"])
        + p["weight_contact"] * w.channels[n["channel"]]["richness"]
        + (1.0 - p["weight_time"] - p["weight_ease"] - p["weight_contact"]) * fit_
    )
    disconfirmed = p["disconfirmation"] == 1.0
    expected = 0.0
    if disconfirmed:
        outside = outside_standard(p["outside_start"], p["outside_growth"], t / 24.0)
        own = s.last[who] if s.last[who] >= 0.0 else mean_trust(s)
        expected = expectation(own, mean_trust(s), outside, p["weight_own"], p["weight_reputation"])
    mark = satisfaction(experience, expected, p["g0"], p["g_experience"], p["g_gap"], p["loss_aversion"], disconfirmed)
    n["fit"] = fit_
    n["satisfaction"] = mark
    s.last[who] = mark
    _move_trust(s, who, mark, p["trust_own"])
    for k in range(int(p["listeners"])):
        u = drawn(n["stem"], _HEARS, occasion_of_listener(n["returns"], k))
        _move_trust(s, int(u * s.trust.size), mark, p["trust_heard"])


@rule
def new_contact(s, at, need, purpose, channel):
    """A fresh record of a contact that is made at `at` (its row number)."""
    run = s.run[0]
    c = run["contacts"]
    run["contacts"] = c + 1
    row = s.contacts[c]
    row["need"] = need
    row["purpose"] = purpose
    row["channel"] = channel
    row["result"] = PENDING
    row["item"] = NOBODY
    row["tries"] = 0
    row["at"] = at
    row["reached"] = NEVER
    return c


@rule
def answers(s, t, need, purpose):
    """A contact that the resident makes because they were asked to (documents, a story) or sent on to a colleague."""
    n = s.needs[need]
    row = s.contacts[new_contact(s, t, need, purpose, n["channel"])]
    row["result"] = TAKEN_IN
    row["reached"] = t
    n["contacts"] += 1


@rule
def spread_trust(trust, seed, start):
    """Give every resident a trust to begin with, spread evenly around the start value."""
    for r in range(trust.size):
        u = draw(seed, entity_of_resident(r), _TRUST, 0)
        trust[r] = min(1.0, max(0.0, start + 0.4 * (u - 0.5)))
