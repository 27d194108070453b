"""Surges of several sizes: how long each is felt with the lessons and without them, over the same seeds."""

from experiments.surges.design import surge_design
from experiments.surges.findings import Findings, findings
from experiments.surges.runs import carry_out, runs_of

__all__ = ["Findings", "carry_out", "findings", "runs_of", "surge_design"]
