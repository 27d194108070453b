"""Is the model compiled and today's organisation computed? Done ahead, so that a first visitor does not wait for it."""

import logging
import threading

from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.turns import AHEAD, PICTURE
from kastje.experiments.runs import runner
from kastje.experiments.runs.queue import Turn
from kastje.experiments.runs.runner import Runs
from kastje.model import Scenario
from kastje.model.simulate import STARTS

log = logging.getLogger("kastje.dashboard")

STARTS_KEPT = 2 * Choice().replications * len(Scenario.profiles())
"""So many ends of a run-in, that every choice branches from, a server keeps: all profiles with the usual seeds, and
as many others."""


class Warmth:
    """What is prepared for all visitors; it holds nothing about any of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._failed = False

    def start(self) -> None:
        """Prepare on a background thread; once per process, however often it is called."""
        with self._lock:
            if self._thread is None:
                STARTS.entries = max(STARTS.entries, STARTS_KEPT)
                self._thread = threading.Thread(target=self._prepare, name="kastje-prewarm", daemon=True)
                self._thread.start()

    def busy(self) -> bool:
        """Whether the first preparation is still under way."""
        return self._thread is not None and not self._ready.is_set()

    def ready(self) -> bool:
        """Whether the model is compiled and the first of today's runs is there."""
        return self._ready.is_set() and not self._failed

    def _prepare(self) -> None:
        try:
            self._run(Choice(), PICTURE)
            for name in Scenario.profiles():
                self._run(Choice(profile=name), AHEAD)
        except Exception:
            self._failed = True
            log.exception("preparing the model failed")
        finally:
            self._ready.set()

    def _run(self, choice: Choice, turn: Turn) -> None:
        for _ in runner.pairs(choice.scenario(), Runs(choice.replications, choice.seed, turn)):
            self._ready.set()


WARMTH = Warmth()
