"""How world and state are handed to compiled code: as one reference each, not as some twenty arrays.

A named tuple of arrays would be passed by value at every call, which makes compiling (and calling) many times slower.
Interpreted, the very same rules get the named tuples themselves: both have the arrays as attributes.
"""

from typing import Any

import numba
from numba.core import types
from numba.experimental import structref

from model.state import State, World


@structref.register
class WorldType(types.StructRef):
    """The compiled code's view of `World`."""


@structref.register
class StateType(types.StructRef):
    """The compiled code's view of `State`."""


class WorldBox(structref.StructRefProxy):
    """A `World` for compiled code."""

    def __new__(cls, *fields: Any) -> Any:
        """The box around these fields, in the order of `World`."""
        return structref.StructRefProxy.__new__(cls, *fields)


class StateBox(structref.StructRefProxy):
    """A `State` for compiled code."""

    def __new__(cls, *fields: Any) -> Any:
        """The box around these arrays, in the order of `State`."""
        return structref.StructRefProxy.__new__(cls, *fields)


structref.define_proxy(WorldBox, WorldType, list(World._fields))
structref.define_proxy(StateBox, StateType, list(State._fields))


def boxed(world: World, state: State) -> tuple[Any, Any]:
    """World and state as the rules take them: boxed for compiled code, as they are when interpreted."""
    if numba.config.DISABLE_JIT:
        return world, state
    return WorldBox(*world), StateBox(*state)
