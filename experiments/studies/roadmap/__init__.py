"""Roadmaps: in which order to introduce the lessons, when each of them takes hours that a budget must allow."""

from kastje.experiments.studies.roadmap.best import best, greedy
from kastje.experiments.studies.roadmap.plan import Plan
from kastje.experiments.studies.roadmap.schedule import Schedule, scheduled
from kastje.experiments.studies.roadmap.terrain import Terrain

__all__ = ["Plan", "Schedule", "Terrain", "best", "greedy", "scheduled"]
