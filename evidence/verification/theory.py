"""Every check against theory (A of work, B of attitudes) and against an independent code (D): docs/verification.md."""

from kastje.evidence.verification.attitudes import ATTITUDES
from kastje.evidence.verification.docking import DOCKING
from kastje.evidence.verification.finding import Check
from kastje.evidence.verification.little import LITTLE
from kastje.evidence.verification.queues import QUEUES
from kastje.evidence.verification.routes import ROUTES
from kastje.evidence.verification.tipping import TIPPING

THEORY: tuple[Check, ...] = (*QUEUES, *ROUTES, *LITTLE, *TIPPING, *ATTITUDES, *DOCKING)
