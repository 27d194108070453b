"""Every check against theory (A of work, B of attitudes) and against an independent code (D): docs/verification.md."""

from experiments.verification.attitudes import ATTITUDES
from experiments.verification.docking import DOCKING
from experiments.verification.finding import Check
from experiments.verification.little import LITTLE
from experiments.verification.queues import QUEUES
from experiments.verification.routes import ROUTES
from experiments.verification.tipping import TIPPING

THEORY: tuple[Check, ...] = (*QUEUES, *ROUTES, *LITTLE, *TIPPING, *ATTITUDES, *DOCKING)
