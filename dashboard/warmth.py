"""Is the model compiled and today's organisation computed? Done ahead, so that a first visitor does not wait for it."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.state import Choice
from experiments import runner
from experiments.queue import FairQueue
from model import Scenario
from model.simulate import STARTS

log = logging.getLogger("kastje.dashboard")

WORKERS = max(1, min(8, os.cpu_count() or 1))
QUEUE = FairQueue(WORKERS)
"""Everybody's runs in fair turns; what nobody waits for on the screen goes in with a high rank."""
STARTS.size = max(STARTS.size, 2 * Choice().replications * len(Scenario.profiles()))
"""The beginnings that every choice branches from stay at hand: all profiles with the usual seeds, and others."""
STAND_ASIDE_SECONDS = 0.2


class Warmth:
    """What is prepared for all visitors; it holds nothing about any of them but how many wait for an answer now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._waiting = 0
        self._failed = False

    def start(self) -> None:
        """Prepare on a background thread; once per process, however often it is called."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._prepare, name="kastje-prewarm", daemon=True)
                self._thread.start()

    def busy(self) -> bool:
        """Whether the first preparation is still under way."""
        return self._thread is not None and not self._ready.is_set()

    def ready(self) -> bool:
        """Whether the model is compiled and the first of today's runs is there."""
        return self._ready.is_set() and not self._failed

    @contextmanager
    def visitor(self) -> Iterator[None]:
        """While the block runs somebody waits for an answer: what is prepared ahead stands aside."""
        with self._lock:
            self._waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1

    def waited_for(self) -> bool:
        """Whether somebody waits for an answer now."""
        return self._waiting > 0

    def _prepare(self) -> None:
        try:
            self._prepare_default(Choice())
            for name in Scenario.profiles():
                self._prepare_quietly(Choice(profile=name))
        except Exception:
            self._failed = True
            log.exception("preparing the model failed")
        finally:
            self._ready.set()

    def _prepare_default(self, choice: Choice) -> None:
        count, seed = choice.replications, choice.seed
        for _ in runner.pairs(choice.scenario(), replications=count, seed=seed, workers=WORKERS):
            self._ready.set()

    def _prepare_quietly(self, choice: Choice) -> None:
        scenario = choice.scenario()
        for seed in range(choice.seed, choice.seed + choice.replications):
            while self._waiting:
                time.sleep(STAND_ASIDE_SECONDS)
            list(runner.pairs(scenario, replications=1, seed=seed, workers=1))


WARMTH = Warmth()
