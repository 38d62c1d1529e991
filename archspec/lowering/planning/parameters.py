"""Parameters of definitions: which are read, and of which type new ones are."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.lowering.contents import bodies, codes, parts_and_layer, read_by
from archspec.lowering.plan import (
    Body,
    CallDefinition,
    CallParameter,
    Definition,
    LayerArgument,
    Let,
    Loop,
)
from archspec.lowering.rewrite import free_names


def type_of(value: Any) -> syntax.Type:
    """The type of a value in the language."""
    if isinstance(value, bool):
        return syntax.Type("bool")
    if isinstance(value, tuple):
        return syntax.Type("list", (type_of(value[0]) if value else syntax.Type("int"),))
    names = {int: "int", float: "float"}
    return syntax.Type(names.get(type(value), "str"))


def drop_unread(definition: Definition) -> None:
    """Leave out parameters and `let`s that no code reads: they would change nothing."""
    read = _read_in(definition)
    while _drop_lets(definition.body, read):
        read = _read_in(definition)
    for variable in definition.inputs:
        for size in variable.sizes:
            read |= set() if size is None else free_names(size)
    definition.parameters = tuple(one for one in definition.parameters if one.name in read)


def _drop_lets(body: Body, read: set[str]) -> bool:
    found = False
    for inner in bodies(body):
        kept = tuple(one for one in inner.elements if not isinstance(one, Let) or one.name in read)
        found = found or len(kept) < len(inner.elements)
        inner.elements = kept
    return found


def _read_in(definition: Definition) -> set[str]:
    found = _read(definition.body)
    for code in read_by(definition.training_results):
        found |= free_names(code)
    return found


def _read(body: Body) -> set[str]:
    found = {name for code in read_by(body.results) for name in free_names(code)}
    for element in body.elements:
        for code in (*codes(element), *read_by(element.inputs)):
            found |= free_names(code)
        if isinstance(element, CallParameter):
            found.add(element.parameter)
        elif isinstance(element, Loop) and element.carried is not None:
            found |= free_names(element.carried.first) | free_names(element.carried.following)
        elif isinstance(element, CallDefinition):
            for argument in element.arguments.values():
                if isinstance(argument, LayerArgument):
                    found |= _read(argument.body)
        for inner in parts_and_layer(element):
            found |= _read(inner)
    return found
