"""Lists that hold layers: no code has them, so what is read from them is written as its value."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.ir import Recipe, Value
from archspec.lowering.planning.place import Place
from archspec.lowering.rewrite import free_names

READING = (syntax.Index, syntax.Slice, syntax.Call, syntax.Comprehension)
"""Expressions that can make a number of a list with layers in it."""


def holds_layers(value: Any) -> bool:
    """Whether the value is a layer or a list that holds one."""
    if isinstance(value, tuple):
        return any(map(holds_layers, value))
    return isinstance(value, Recipe)


def holds_values(value: Any) -> bool:
    """Whether this is a value of the network or a list that holds one."""
    if isinstance(value, tuple):
        return any(map(holds_values, value))
    return isinstance(value, Value)


def of_layers(type: syntax.Type) -> bool:
    """Whether the type is that of a layer, or of a list or row that holds one."""
    return type.name == "layer" or any(map(of_layers, type.items))


def reads_layers(code: syntax.Expression, place: Place) -> bool:
    """Whether the text reads a list in which layers stand, or could stand."""
    names = free_names(code)
    return any(_is_layered(name, eye) for eye in place.eyes for name in names)


def _is_layered(name: str, eye: Frame) -> bool:
    definition = eye.definition_frame().definition
    types = () if definition is None else definition.parameters
    # An empty list is known by its type only.
    return holds_layers(eye.lookup(name)) or any(
        one.name == name and of_layers(one.type) for one in types
    )
