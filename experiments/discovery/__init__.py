"""Scenario discovery: under which lessons, load and assumptions does something happen, such as harm to residents?"""

from experiments.discovery.boxes import Box, Discovery, discover
from experiments.discovery.condition import Condition, read_conditions

__all__ = ["Box", "Condition", "Discovery", "discover", "read_conditions"]
