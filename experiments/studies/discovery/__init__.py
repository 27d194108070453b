"""Scenario discovery: under which lessons, load and assumptions does something happen, such as harm to residents?"""

from kastje.experiments.studies.discovery.condition import Condition, read_conditions
from kastje.experiments.studies.discovery.prim import Box, Discovery, discover

__all__ = ["Box", "Condition", "Discovery", "discover", "read_conditions"]
