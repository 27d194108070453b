"""Designs: which runs an experiment is made of, and why those."""

from experiments.designs.design import Design
from experiments.designs.factors import Factor
from experiments.designs.reading import read_design
from experiments.designs.replications import Replications

__all__ = ["Design", "Factor", "Replications", "read_design"]
