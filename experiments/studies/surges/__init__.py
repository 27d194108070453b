"""Surges of several sizes: how long each is felt with the lessons and without them, over the same seeds."""

from kastje.experiments.studies.surges.design import surge_design
from kastje.experiments.studies.surges.findings import Findings, findings, told
from kastje.experiments.studies.surges.runs import carry_out, runs_of

__all__ = ["Findings", "carry_out", "findings", "runs_of", "surge_design", "told"]
