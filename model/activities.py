"""The activities of the event log: what each one is called, and which of the log's columns it fills."""

from typing import NamedTuple

import numpy as np


class Activity(NamedTuple):
    """A kind of event. Case, time, kind, type and channel stand in every row; the rest is as said here.

    Each of `fills` names the columns out of `CHANGING` that are filled together: more than one where an event comes
    about in several ways. `detail` says what the number in the column of that name is; where it is empty that is 0.
    """

    name: str
    fills: tuple[str, ...]
    detail: str = ""


CHANGING = ("resource", "step", "purpose")
"""The columns that only some events fill; the department is that of the resource."""

_TABLE = (
    Activity("contact made", ("purpose",), "channel"),
    Activity("contact taken", ("resource purpose",), "channel"),
    Activity("answered", ("resource purpose",)),
    Activity("passed on", ("resource purpose", "resource step")),
    Activity("sent away", ("resource purpose", "resource step", "resource"), "times sent away"),
    Activity("hung up", ("purpose",), "channel"),
    Activity("application filed", ("",), "type"),
    Activity("early consultation", ("resource", ""), "seats"),
    Activity("step queued", ("step",), "team"),
    Activity("step started", ("resource step",), "visits"),
    Activity("step done", ("resource step",), "visits"),
    Activity("arrived at wrong team", ("resource step",), "team"),
    Activity("resident asked again", ("resource step",)),
    Activity("documents asked", ("resource step",)),
    Activity("documents received", ("step",)),
    Activity("stalled", ("resource step",)),
    Activity("alignment", ("resource step",), "rounds"),
    Activity("put to manager", ("resource step",), "manager"),
    Activity("settled by manager", ("resource step",), "backed"),
    Activity("decision", ("resource",)),
    Activity("returned", ("",), "returns"),
    Activity("withdrawn", ("",)),
    Activity("callback queued", ("resource", ""), "team"),
    Activity("callback started", ("resource",), "visits"),
    Activity("callback done", ("resource",)),
    Activity("story told again", ("resource",), "department"),
    Activity("done again", ("resource step",), "repeats"),
    Activity("term extended", ("resource", "")),
    Activity("advice taken in", ("resource step",)),
    Activity("out of sight", ("step",)),
    Activity("found again", ("step",)),
    Activity("decided without manager", ("resource step",)),
)
ACTIVITIES = {activity.name: activity for activity in _TABLE}
"""Every activity by its name, in the order of their numbers."""

(
    L_CONTACT,
    L_TAKEN,
    L_ANSWERED,
    L_PASSED,
    L_AWAY,
    L_HUNG_UP,
    L_FILED,
    L_EARLY,
    L_QUEUED,
    L_STARTED,
    L_DONE,
    L_WRONG,
    L_ASKED,
    L_MISSING,
    L_COMPLETED,
    L_STALLED,
    L_ALIGNED,
    L_PUT_UP,
    L_SETTLED,
    L_DECISION,
    L_RETURNED,
    L_WITHDRAWN,
    L_CALLBACK,
    L_CALLBACK_STARTED,
    L_CALLBACK_DONE,
    L_STORY,
    L_AGAIN,
    L_EXTENDED,
    L_TAKEN_IN,
    L_DROPPED,
    L_FOUND,
    L_DELEGATED,
) = map(np.int64, range(len(ACTIVITIES)))
"""Their numbers, as the engine writes them."""
