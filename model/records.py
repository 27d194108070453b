"""The records that the engine works on, one per noun, and the numbers that stand for their states and kinds."""

import numpy as np

# Numbers are numpy's: numba compiles a rule anew for every plain int that it is called with, as a literal type.

# What a need (a question or an application) is at.
OPEN, CLOSED, WITHDRAWN = map(np.int64, (0, 1, 2))
# Kinds of work items.
CONTACT, STEP, CALLBACK, SETTLE, MEETING = map(np.int64, (0, 1, 2, 3, 4))
# How work on an item ends.
DONE_WELL, REROUTE, AWAY, PASS, ASK_RESIDENT, ASK_DOCUMENTS, STALL, ASK_MANAGER, DO_AGAIN = map(np.int64, range(9))
# States of an item.
FREE, WAITING, SERVED, HELD = map(np.int64, (0, 1, 2, 3))
# Kinds of events.
ARRIVAL, DONE, WAKE, REACH, ABANDON, RESUME, MEET, STATUS, REPLY, DAY, RETURN = map(np.int64, range(11))
# Purposes of contacts; from CHASE on they are avoidable.
QUESTION, APPLICATION, CHASE, REPEAT, REDIRECTED, COMPLETION, COMEBACK, ASKED = map(np.int64, range(8))
# Results of contacts.
PENDING, ANSWERED, PASSED_ON, SENT_AWAY, ABANDONED, TAKEN_IN = map(np.int64, range(6))
# Causes of failure that improvement work can tackle, and the tasks themselves.
MISSING, RETELL, BOUNCED, MISROUTED, STALLED, MISFIT, TASK = map(np.int64, range(7))
CAUSES = 7
NOBODY = np.int64(-1)
NEVER = np.inf

STEP_DTYPE = np.dtype(
    [
        ("process", "i8"),
        ("local", "i8"),
        ("role", "i8"),
        ("spread", "i8"),
        ("hours", "f8"),
        ("cv", "f8"),
        ("after", "i8"),
        ("advice_before", "i8"),
        ("owner", "i8"),
        ("checks", "i8"),
        ("advice", "i8"),
        ("criteria", "i8"),
        ("tailored", "i8"),
        ("decides", "i8"),
        ("again", "i8"),
        ("manager", "i8"),
        ("missing", "f8"),
        ("repeat", "f8"),
    ]
)
PROCESS_DTYPE = np.dtype(
    [
        ("first", "i8"),
        ("steps", "i8"),
        ("types", "i8"),
        ("legal_hours", "f8"),
        ("extend_chance", "f8"),
        ("extend_hours", "f8"),
        ("rate", "f8"),
        ("advice_mask", "i8"),
        ("decide_mask", "i8"),
        ("again_mask", "i8"),
    ]
)
CHANNEL_DTYPE = np.dtype(
    [
        ("share", "f8"),
        ("share_low", "f8"),
        ("hours", "f8"),
        ("live", "i8"),
        ("loss", "f8"),
        ("loss_low", "f8"),
        ("richness", "f8"),
        ("minutes", "f8"),
        ("spread", "i8"),
        ("cv", "f8"),
    ]
)
TEAM_DTYPE = np.dtype(
    [
        ("first", "i8"),
        ("staff", "i8"),
        ("department", "i8"),
        ("manager", "i8"),
        ("boss", "i8"),
        ("front", "i8"),
        ("weekday", "i8"),
    ]
)
NEED_DTYPE = np.dtype(
    [
        ("key", "i8"),
        ("stem", "u8"),
        ("process", "i8"),
        ("role", "i8"),
        ("resident", "i8"),
        ("type", "i8"),
        ("channel", "i8"),
        ("vulnerable", "i8"),
        ("low_skill", "i8"),
        ("state", "i8"),
        ("start", "f8"),
        ("filed", "f8"),
        ("deadline", "f8"),
        ("suspended", "f8"),
        ("suspended_total", "f8"),
        ("holds", "i8"),
        ("decided", "f8"),
        ("needed", "i8"),
        ("done", "i8"),
        ("started", "i8"),
        ("owner", "i8"),
        ("last_staff", "i8"),
        ("last_team", "i8"),
        ("recorded", "i8"),
        ("recorded_at", "f8"),
        ("missing", "i8"),
        ("asked", "i8"),
        ("covered", "i8"),
        ("nonstandard", "i8"),
        ("wanted", "i8"),
        ("found", "i8"),
        ("unwanted", "i8"),
        ("contacts", "i8"),
        ("stories", "i8"),
        ("bounces", "i8"),
        ("handovers", "i8"),
        ("stalls", "i8"),
        ("returns", "i8"),
        ("calls", "i8"),
        ("chases", "i8"),
        ("callback", "i8"),
        ("minutes", "f8"),
        ("expected_days", "f8"),
        ("parallel", "i8"),
        ("early", "i8"),
        ("named", "i8"),
        ("first_decided", "f8"),
        ("first_due", "f8"),
        ("fit", "f8"),
        ("satisfaction", "f8"),
    ]
)
ITEM_DTYPE = np.dtype(
    [
        ("kind", "i8"),
        ("state", "i8"),
        ("need", "i8"),
        ("step", "i8"),
        ("contact", "i8"),
        ("team", "i8"),
        ("list", "i8"),
        ("prev", "i8"),
        ("next", "i8"),
        ("assigned", "i8"),
        ("sender", "i8"),
        ("wrong", "i8"),
        ("told", "i8"),
        ("settled", "i8"),
        ("round", "i8"),
        ("repeats", "i8"),
        ("visits", "i8"),
        ("outcome", "i8"),
        ("occasion", "i8"),
        ("queued", "f8"),
        ("deadline", "f8"),
        ("noise", "f8"),
        ("hours", "f8"),
        ("gap", "f8"),
    ]
)
CONTACT_DTYPE = np.dtype(
    [
        ("need", "i8"),
        ("purpose", "i8"),
        ("channel", "i8"),
        ("result", "i8"),
        ("item", "i8"),
        ("tries", "i8"),
        ("at", "f8"),
        ("reached", "f8"),
    ]
)
STAFF_DTYPE = np.dtype(
    [
        ("team", "i8"),
        ("department", "i8"),
        ("manager", "i8"),
        ("share", "f8"),
        ("v", "f8"),
        ("v_anchor", "f8"),
        ("o", "f8"),
        ("o_anchor", "f8"),
        ("k", "f8"),
        ("s", "f8"),
        ("s_rest", "f8"),
        ("aware", "f8"),
        ("busy", "i8"),
        ("called", "i8"),
        ("until", "f8"),
        ("wake", "f8"),
        ("credit", "f8"),
        ("extra", "f8"),
        ("over", "f8"),
        ("credit_at", "f8"),
        ("experience", "f8"),
        ("opportunities", "f8"),
        ("acted", "f8"),
        ("worked", "f8"),
        ("vacant_until", "f8"),
        ("arrivals", "i8"),
        ("heads", "i8"),
    ]
)
STREAM_DTYPE = np.dtype([("process", "i8"), ("per_hour", "f8"), ("made", "i8")])
CREW_DTYPE = np.dtype(
    [
        ("waiting", "f8"),
        ("heads", "i8"),
        ("turn", "i8"),
        ("worked", "f8"),
        ("reachable", "f8"),
        ("lever", "f8"),
        ("live_head", "i8"),
    ]
)
LIST_DTYPE = np.dtype([("head", "i8"), ("tail", "i8"), ("length", "i8")])
EVENT_DTYPE = np.dtype([("t", "f8"), ("order", "i8"), ("kind", "i8"), ("a", "i8"), ("b", "f8")])
MEETING_DTYPE = np.dtype([("need", "i8"), ("item", "i8"), ("size", "i8"), ("hours", "f8"), ("kind", "i8")])
CAUSE_DTYPE = np.dtype([("factor", "f8"), ("hours", "f8")])
WEEK_DTYPE = np.dtype(
    [
        ("t", "f8"),
        ("v", "f8"),
        ("o", "f8"),
        ("s", "f8"),
        ("k", "f8"),
        ("opportunities", "f8"),
        ("acted", "f8"),
        ("trust", "f8"),
        ("worked", "f8"),
        ("reachable", "f8"),
        ("lever", "f8"),
        ("overtime", "f8"),
        ("open", "f8"),
        ("left", "f8"),
        ("stories", "f8"),
        ("bounces", "f8"),
        ("handovers", "f8"),
        ("stalls", "f8"),
        ("minutes", "f8"),
    ]
)
LOG_DTYPE = np.dtype(
    [("t", "f8"), ("need", "i8"), ("activity", "i8"), ("staff", "i8"), ("step", "i8"), ("detail", "i8")]
)
RUN_DTYPE = np.dtype(
    [
        ("seed", "i8"),
        ("t", "f8"),
        ("branch", "f8"),
        ("order", "i8"),
        ("events", "i8"),
        ("heap", "i8"),
        ("needs", "i8"),
        ("items", "i8"),
        ("free_item", "i8"),
        ("contacts", "i8"),
        ("log", "i8"),
        ("logging", "i8"),
        ("meetings", "i8"),
        ("free_meeting", "i8"),
        ("ready", "i8"),
        ("weeks", "i8"),
        ("trust_sum", "f8"),
        ("effort", "f8"),
        ("attempts", "i8"),
        ("made", "i8"),
        ("finished", "i8"),
        ("cancelled", "i8"),
        ("arrived", "i8"),
        ("closed", "i8"),
        ("withdrawn", "i8"),
        ("open_cases", "i8"),
        ("item_hours", "f8"),
        ("overtime", "f8"),
        ("lever", "f8"),
        ("week_opportunities", "f8"),
        ("week_acted", "f8"),
        ("measured", "f8"),
        ("sick_share", "f8"),
        ("left", "i8"),
    ]
)
