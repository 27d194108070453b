"""Roadmaps: in which order to introduce the lessons, when each of them takes hours that a budget must allow."""

from experiments.roadmap.best import best, greedy
from experiments.roadmap.plan import Plan
from experiments.roadmap.schedule import Schedule, scheduled
from experiments.roadmap.terrain import Terrain

__all__ = ["Plan", "Schedule", "Terrain", "best", "greedy", "scheduled"]
