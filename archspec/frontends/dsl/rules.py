"""What to do at the end of each rule of the grammar, ready for the driver.

Every builder named by the grammar is looked up here once, so a missing one fails at import.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from types import ModuleType
from typing import Any

from archspec.frontends.dsl import build_definitions, build_expressions, build_statements
from archspec.frontends.dsl.tables import RULES


class Mode(IntEnum):
    """How the value of a rule is made from the values of its parts."""

    SAME = 0
    """The only part is the value."""
    KEEP = 1
    """One part of several is the value."""
    BUILD = 2
    """A builder makes a node from parts."""
    SPLICE = 3
    """The same, where some parts are lists or absent."""
    APPEND = 4
    """The last part joins the list that stands first."""
    LIST = 5
    """The parts become a list."""
    TUPLE = 6
    """The parts become a tuple."""


Builder = Callable[..., Any]
Rule = tuple[int, int, Mode, Any, Builder | None]
"""Origin, length, mode, positions, builder.

Positions count from the end of the rule (negative). For `SPLICE`, `LIST` and `TUPLE` they are
pairs of a position (None: absent) and whether a list stands there.
"""

_MODULES: tuple[ModuleType, ...] = (build_definitions, build_statements, build_expressions)


def _find(name: str) -> Builder:
    for module in _MODULES:
        found = getattr(module, name, None) or getattr(module, f"{name}_", None)
        if found is not None:
            builder: Builder = found
            return builder
    raise LookupError(f"the grammar names `{name}`, which no module of builders has")


def _prepare(
    origin: int, length: int, name: str, recipe: list[int | None], lists: list[int]
) -> Rule:
    if not name:
        (position,) = recipe
        assert position is not None
        return origin, length, Mode.SAME if length == 1 else Mode.KEEP, position - length, None
    pairs = [(None if p is None else p - length, p in lists) for p in recipe]
    if name == "list":
        if lists == [0] and recipe == [0, length - 1]:
            return origin, length, Mode.APPEND, None, None
        return origin, length, Mode.LIST, pairs, None
    if name == "items":
        return origin, length, Mode.TUPLE, pairs, None
    if lists or None in recipe:
        return origin, length, Mode.SPLICE, pairs, _find(name)
    return origin, length, Mode.BUILD, [position for position, _ in pairs], _find(name)


PREPARED: list[Rule] = [_prepare(*rule) for rule in RULES]


def gather(values: list[Any], pairs: list[tuple[int | None, bool]]) -> list[Any]:
    """The children at `pairs`, with lists spliced in and None for what is absent."""
    children: list[Any] = []
    for position, is_list in pairs:
        if position is None:
            children.append(None)
        elif is_list:
            children += values[position]
        else:
            children.append(values[position])
    return children
