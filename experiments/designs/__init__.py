"""Designs: which runs an experiment is made of, and why those."""

from kastje.experiments.designs.design import Design
from kastje.experiments.designs.factors import Factor
from kastje.experiments.designs.reading import read_design
from kastje.experiments.designs.replications import Replications

__all__ = ["Design", "Factor", "Replications", "read_design"]
