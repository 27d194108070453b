"""How world and state are handed to compiled code: as one reference each, not as some twenty arrays.

A named tuple of arrays would be passed by value at every call, which makes compiling (and calling) many times slower.
Interpreted, the very same rules get the named tuples themselves: both have the arrays as attributes.
"""

import hashlib
from typing import Any

import numba
from numba.core import types
from numba.experimental import structref

from model.state import State, World


class BoxType(types.StructRef):
    """A reference to a record of arrays, under a short name.

    Numba writes a type's name into the name of every function that takes it; spelt out with all fields of all
    records it is so long that most of the time of compiling went into it.
    """

    def __init__(self, fields: Any) -> None:
        super().__init__(fields)
        spelt_out: str = str(self._fields)
        self.name: str = f"{type(self).__name__}_{hashlib.sha256(spelt_out.encode()).hexdigest()[:12]}"


@structref.register
class WorldType(BoxType):
    """The compiled code's view of `World`."""


@structref.register
class StateType(BoxType):
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
