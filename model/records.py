"""The records that the engine works on, one per noun, and the numbers that stand for their states and kinds.

What each field is, its unit and range, and who writes it, stands in `fields.toml`.
"""

import numpy as np

# Numbers are numpy's: numba compiles a rule anew for every plain int that it is called with, as a literal type.

# What a need (a question or an application) is at.
OPEN, CLOSED, WITHDRAWN = map(np.int64, (0, 1, 2))
# Kinds of work items.
CONTACT, STEP, CALLBACK, SETTLE, MEETING = map(np.int64, (0, 1, 2, 3, 4))
# How work on an item ends.
DONE_WELL, REROUTE, AWAY, PASS, ASK_RESIDENT, ASK_DOCUMENTS, STALL, ASK_MANAGER, DO_AGAIN = map(np.int64, range(9))
ASK_BACK, IN_TRANSIT, DROPPED = map(np.int64, (9, 10, 11))
# States of an item.
FREE, WAITING, SERVED, HELD = map(np.int64, (0, 1, 2, 3))
# Kinds of events.
ARRIVAL, DONE, WAKE, REACH, ABANDON, RESUME, MEET, STATUS, REPLY, DAY, RETURN = map(np.int64, range(11))
EXTEND, DELEGATE = map(np.int64, (11, 12))
# Purposes of contacts; from CHASE on they are avoidable.
QUESTION, APPLICATION, CHASE, REPEAT, REDIRECTED, COMPLETION, COMEBACK, ASKED = map(np.int64, range(8))
PURPOSES = ("question", "application", "chase", "repeat", "redirected", "completion", "comeback", "asked")
# Results of contacts.
PENDING, ANSWERED, PASSED_ON, SENT_AWAY, ABANDONED, TAKEN_IN = map(np.int64, range(6))
# Causes of failure that improvement work can tackle, and the tasks themselves.
MISSING, RETELL, BOUNCED, MISROUTED, STALLED, MISFIT, TASK = map(np.int64, range(7))
CAUSES = 7
NOBODY = np.int64(-1)
NEVER = np.inf


def _record(whole: str = "", bits: str = "", real: str = "") -> np.dtype:
    """A record of whole numbers, bit patterns and real numbers, each of eight bytes, by the names given."""
    fields = [(name, "i8") for name in whole.split()] + [(name, "u8") for name in bits.split()]
    return np.dtype(fields + [(name, "f8") for name in real.split()])


STEP_DTYPE = _record(
    whole="""
        process local role spread after advice_before owner checks advice criteria tailored decides
        again manager
    """,
    real="hours cv missing repeat",
)
PROCESS_DTYPE = _record(
    whole="first steps types advice_mask decide_mask again_mask",
    real="legal_hours extend_chance extend_hours",
)
CHANNEL_DTYPE = _record(
    whole="live spread",
    real="share share_low hours loss loss_low richness minutes cv",
)
TEAM_DTYPE = _record(
    whole="first staff department manager boss front weekday organisation",
)
NEED_DTYPE = _record(
    whole="""
        key process role resident organisation type channel vulnerable low_skill state phases server
        holds needed done started owner last_staff last_team recorded missing asked covered nonstandard
        wanted found unwanted contacts stories bounces handovers stalls returns calls chases callback
        parallel early named kept extended dropped faults drops crossings
    """,
    bits="stem",
    real="""
        start clock touch queued_for with_resident stalled_for meeting_for closed_for filed deadline
        suspended suspended_total decided recorded_at minutes expected_days first_decided first_due fit
        satisfaction
    """,
)
ITEM_DTYPE = _record(
    whole="""
        kind state need step contact about team list prev next assigned sender wrong misinformed told
        settled round found repeats visits outcome occasion tracked phase taking
    """,
    real="queued deadline noise hours gap",
)
CONTACT_DTYPE = _record(
    whole="need purpose channel result item tries",
    real="at reached",
)
STAFF_DTYPE = _record(
    whole="team department manager busy called arrivals heads",
    real="""
        share v v_anchor o o_anchor k s s_rest aware until wake regular giving_way overtime budgets_at experience
        opportunities acted worked vacant_until
    """,
)
STREAM_DTYPE = _record(
    whole="process made",
    real="per_hour",
)
CREW_DTYPE = _record(
    whole="heads turn",
    real="waiting worked reachable lever chased standard given tasks",
)
LIST_DTYPE = _record(
    whole="head tail length",
)
EVENT_DTYPE = _record(
    whole="order kind a",
    real="t b",
)
MEETING_DTYPE = _record(
    whole="need item size kind",
    real="hours",
)
CAUSE_DTYPE = _record(
    real="factor hours",
)
WEEK_DTYPE = _record(
    real="""
        t v o s k opportunities acted trust worked reachable lever overtime open left stories bounces
        handovers stalls minutes drops crossings chased moved standard by_doing by_others by_sessions
    """,
)
LOG_DTYPE = _record(
    whole="need activity staff step purpose detail",
    real="t",
)
RUN_DTYPE = _record(
    whole="""
        seed order events heap needs items free_item contacts log logging meetings free_meeting ready
        weeks attempts made finished cancelled arrived closed withdrawn open_cases left moved
    """,
    real="""
        t branch trust_sum effort item_hours overtime lever week_opportunities week_acted measured
        sick_share by_doing by_others by_sessions
    """,
)
