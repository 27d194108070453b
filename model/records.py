"""The records that the engine works on, one per noun, and the numbers that stand for their states and kinds."""

import numpy as np

# What a need (a question or an application) is at.
OPEN, CLOSED, WITHDRAWN = 0, 1, 2
# Kinds of work items.
CONTACT, STEP, CALLBACK, SETTLE, MEETING = 0, 1, 2, 3, 4
# How work on an item ends.
DONE_WELL, REROUTE, AWAY, PASS, ASK_RESIDENT, ASK_DOCUMENTS, STALL, ASK_MANAGER, DO_AGAIN = range(9)
# States of an item.
FREE, WAITING, SERVED, HELD = 0, 1, 2, 3
# Kinds of events.
ARRIVAL, DONE, WAKE, REACH, ABANDON, RESUME, MEET, STATUS, REPLY, DAY, RETURN = range(11)
# Purposes of contacts; from CHASE on they are avoidable.
QUESTION, APPLICATION, CHASE, REPEAT, REDIRECTED, COMPLETION, COMEBACK, ASKED = range(8)
# Results of contacts.
PENDING, ANSWERED, PASSED_ON, SENT_AWAY, ABANDONED, TAKEN_IN = range(6)
# Causes of failure that improvement work can tackle, and the tasks themselves.
MISSING, RETELL, BOUNCED, MISROUTED, STALLED, MISFIT, TASK = range(7)
CAUSES = 7
NOBODY = -1
NEVER = np.inf

STEP_DTYPE = np.dtype(
    [
        ("process", "i4"),
        ("local", "i4"),
        ("role", "i4"),
        ("spread", "i4"),
        ("hours", "f8"),
        ("cv", "f8"),
        ("after", "i8"),
        ("advice_before", "i8"),
        ("owner", "i4"),
        ("checks", "i4"),
        ("advice", "i4"),
        ("criteria", "i4"),
        ("tailored", "i4"),
        ("decides", "i4"),
        ("again", "i4"),
        ("manager", "i4"),
        ("missing", "f8"),
        ("repeat", "f8"),
    ]
)
PROCESS_DTYPE = np.dtype(
    [
        ("first", "i4"),
        ("steps", "i4"),
        ("types", "i4"),
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
        ("live", "i4"),
        ("loss", "f8"),
        ("loss_low", "f8"),
        ("richness", "f8"),
        ("minutes", "f8"),
    ]
)
TEAM_DTYPE = np.dtype(
    [
        ("first", "i4"),
        ("staff", "i4"),
        ("department", "i4"),
        ("manager", "i4"),
        ("boss", "i4"),
        ("front", "i4"),
        ("weekday", "i4"),
    ]
)
NEED_DTYPE = np.dtype(
    [
        ("key", "u8"),
        ("process", "i4"),
        ("role", "i4"),
        ("resident", "i4"),
        ("type", "i4"),
        ("channel", "i4"),
        ("vulnerable", "i4"),
        ("low_skill", "i4"),
        ("state", "i4"),
        ("start", "f8"),
        ("filed", "f8"),
        ("deadline", "f8"),
        ("suspended", "f8"),
        ("suspended_total", "f8"),
        ("holds", "i4"),
        ("decided", "f8"),
        ("needed", "i8"),
        ("done", "i8"),
        ("started", "i8"),
        ("owner", "i4"),
        ("last_staff", "i4"),
        ("last_team", "i4"),
        ("recorded", "i8"),
        ("recorded_at", "f8"),
        ("missing", "i8"),
        ("asked", "i4"),
        ("covered", "i8"),
        ("nonstandard", "i4"),
        ("wanted", "i4"),
        ("found", "i4"),
        ("unwanted", "i4"),
        ("contacts", "i4"),
        ("stories", "i4"),
        ("bounces", "i4"),
        ("handovers", "i4"),
        ("stalls", "i4"),
        ("returns", "i4"),
        ("calls", "i4"),
        ("chases", "i4"),
        ("callback", "i4"),
        ("minutes", "f8"),
        ("expected_days", "f8"),
        ("parallel", "i4"),
        ("early", "i4"),
        ("named", "i4"),
        ("first_decided", "f8"),
        ("first_due", "f8"),
        ("fit", "f8"),
        ("satisfaction", "f8"),
    ]
)
ITEM_DTYPE = np.dtype(
    [
        ("kind", "i4"),
        ("state", "i4"),
        ("need", "i4"),
        ("step", "i4"),
        ("contact", "i4"),
        ("team", "i4"),
        ("list", "i4"),
        ("prev", "i4"),
        ("next", "i4"),
        ("assigned", "i4"),
        ("sender", "i4"),
        ("wrong", "i4"),
        ("told", "i4"),
        ("settled", "i4"),
        ("round", "i4"),
        ("repeats", "i4"),
        ("visits", "i4"),
        ("outcome", "i4"),
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
        ("need", "i4"),
        ("purpose", "i4"),
        ("channel", "i4"),
        ("result", "i4"),
        ("item", "i4"),
        ("tries", "i4"),
        ("at", "f8"),
        ("reached", "f8"),
    ]
)
STAFF_DTYPE = np.dtype(
    [
        ("team", "i4"),
        ("department", "i4"),
        ("manager", "i4"),
        ("share", "f8"),
        ("v", "f8"),
        ("v_anchor", "f8"),
        ("o", "f8"),
        ("o_anchor", "f8"),
        ("k", "f8"),
        ("s", "f8"),
        ("s_rest", "f8"),
        ("aware", "f8"),
        ("busy", "i4"),
        ("called", "i4"),
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
        ("arrivals", "i4"),
        ("heads", "i4"),
    ]
)
STREAM_DTYPE = np.dtype([("process", "i4"), ("per_hour", "f8"), ("made", "i8")])
CREW_DTYPE = np.dtype(
    [
        ("waiting", "f8"),
        ("heads", "i4"),
        ("turn", "i4"),
        ("worked", "f8"),
        ("reachable", "f8"),
        ("lever", "f8"),
        ("live_head", "i4"),
    ]
)
LIST_DTYPE = np.dtype([("head", "i4"), ("tail", "i4"), ("length", "i4")])
EVENT_DTYPE = np.dtype([("t", "f8"), ("order", "i8"), ("kind", "i4"), ("a", "i4"), ("b", "f8")])
MEETING_DTYPE = np.dtype([("need", "i4"), ("item", "i4"), ("size", "i4"), ("hours", "f8"), ("kind", "i4")])
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
    [("t", "f8"), ("need", "i4"), ("activity", "i4"), ("staff", "i4"), ("step", "i4"), ("detail", "i4")]
)
RUN_DTYPE = np.dtype(
    [
        ("seed", "u8"),
        ("t", "f8"),
        ("branch", "f8"),
        ("order", "i8"),
        ("events", "i8"),
        ("heap", "i4"),
        ("needs", "i4"),
        ("items", "i4"),
        ("free_item", "i4"),
        ("contacts", "i4"),
        ("log", "i4"),
        ("logging", "i4"),
        ("meetings", "i4"),
        ("free_meeting", "i4"),
        ("ready", "i4"),
        ("weeks", "i4"),
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
