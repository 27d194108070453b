"""How world and state are handed to compiled code: as one address each, not as some twenty arrays.

A named tuple of arrays would be passed by value at every call, which makes compiling (and calling) many times slower.
Interpreted, the very same rules get the named tuples themselves: both have the arrays as attributes.

A handle is a table of addresses and lengths that does not change while it is in use; the compiled code sees arrays
that own nothing. So no rule counts references (an atomic operation at every look, and a wall to the optimiser), and an
address that was read once need not be read again. Who makes a handle keeps what it is of alive: the handle does.
"""

import hashlib
from functools import lru_cache
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    register_model,
    typeof_impl,
    unbox,
)

from kastje.model.state import State, World


class HandleType(types.Type):
    """The compiled code's view of a handle: which fields it has, of which types."""

    def __init__(self, fields: tuple[tuple[str, Any], ...]) -> None:
        self.fields = fields
        spelt = ", ".join(f"{name}: {kind}" for name, kind in fields)
        # Numba writes a type's name into the name of every function that takes it: spelt out, compiling takes twice
        # as long.
        super().__init__(name=f"Handle_{hashlib.sha256(spelt.encode()).hexdigest()[:12]}")

    def place(self, name: str) -> tuple[int, Any]:
        """Where a field begins in the table, and its type."""
        at = 0
        for one, kind in self.fields:
            if one == name:
                return at, kind
            at += _words(kind)
        raise KeyError(name)


register_model(HandleType)(models.OpaqueModel)


def _words(kind: Any) -> int:
    return 1 + kind.ndim if isinstance(kind, types.Array) else 1


@lru_cache
def _array(dtype: np.dtype, ndim: int) -> Any:
    return types.Array(numba.from_dtype(dtype), ndim, "C")


@lru_cache
def _handle_type(fields: tuple[tuple[str, Any], ...]) -> HandleType:
    return HandleType(fields)


class Handle:
    """A World or a State for compiled code."""

    def __init__(self, fields: World | State) -> None:
        self.kept = fields
        kinds: list[tuple[str, Any]] = []
        words: list[int] = []
        value: Any
        for name, value in zip(fields._fields, fields, strict=True):
            if isinstance(value, np.ndarray):
                if not value.flags.c_contiguous:
                    raise ValueError(f"{name} is not contiguous")
                kinds.append((name, _array(value.dtype, value.ndim)))
                words += [value.ctypes.data, *value.shape]
            elif isinstance(value, float):
                kinds.append((name, types.float64))
                words.append(int(np.float64(value).view(np.int64)))
            else:
                kinds.append((name, types.int64))
                words.append(int(value))
        self.type = _handle_type(tuple(kinds))
        self.table = np.array(words, np.int64)
        self.address = self.table.ctypes.data


@typeof_impl.register(Handle)
def _typeof(value: Handle, _: Any) -> HandleType:
    return value.type


@unbox(HandleType)
def _unbox(kind: HandleType, value: Any, c: Any) -> NativeValue:
    held = c.pyapi.object_getattr_string(value, "address")
    address = c.pyapi.number_as_ssize_t(held)
    c.pyapi.decref(held)
    return NativeValue(c.builder.inttoptr(address, cgutils.voidptr_t))


@infer_getattr
class _Attributes(AttributeTemplate):
    key = HandleType

    def generic_resolve(self, kind: HandleType, name: str) -> Any:
        return kind.place(name)[1]


@lower_getattr_generic(HandleType)
def _look(context: Any, builder: Any, kind: HandleType, value: Any, name: str) -> Any:
    at, field = kind.place(name)
    word = ir.IntType(64)
    table = builder.bitcast(value, word.as_pointer())

    def read(k: int) -> Any:
        one = builder.load(builder.gep(table, [ir.Constant(word, k)]))
        one.set_metadata("invariant.load", builder.module.add_metadata([]))
        return one

    first = read(at)
    if not isinstance(field, types.Array):
        return builder.bitcast(first, ir.DoubleType()) if field == types.float64 else first
    array = cgutils.create_struct_proxy(field)(context, builder)
    size = context.get_abi_sizeof(context.get_data_type(field.dtype))
    shape = [read(at + 1 + d) for d in range(field.ndim)]
    strides: list[Any] = []
    stride, items = ir.Constant(word, size), ir.Constant(word, 1)
    for length in reversed(shape):
        strides.insert(0, stride)
        stride = builder.mul(stride, length)
        items = builder.mul(items, length)
    array.data = builder.inttoptr(first, context.get_data_type(field.dtype).as_pointer())
    array.shape = cgutils.pack_array(builder, shape)
    array.strides = cgutils.pack_array(builder, strides)
    array.nitems = items
    array.itemsize = ir.Constant(word, size)
    array.meminfo = ir.Constant(cgutils.voidptr_t, None)
    array.parent = ir.Constant(cgutils.voidptr_t, None)
    return array._getvalue()


Handles = tuple[Any, Any]
"""World and state as the rules take them."""


def handles_of(world: World, state: State) -> Handles:
    """World and state as the rules take them: handles for compiled code, themselves when interpreted."""
    if numba.config.DISABLE_JIT:
        return world, state
    return Handle(world), Handle(state)
