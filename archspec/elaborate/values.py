"""What flows through chains while they are elaborated, and how things are called in messages."""

from __future__ import annotations

from typing import Any

from archspec.ir import Recipe, Value
from archspec.source import NOWHERE

Values = tuple[Value, ...]
"""What stands between two steps: usually one value, several after `split`, none before `input`."""

UNKNOWN = Value((), (("unknown", ()),), NOWHERE)
"""Stands for what an error left undetermined; whatever depends on it stays silent."""

ABSENT = Value((), (("none", ()),), NOWHERE)
"""The result of `none`: a branch that is not there."""

LOST: Values = (UNKNOWN,)
NONE: Values = (ABSENT,)


class Refused(Exception):
    """Something is wrong and has been reported; the step that needs it results in `LOST`."""


class Abandoned(Exception):
    """A limit was exceeded and reported; the whole elaboration ends."""


def describe(value: Any) -> str:
    """The value with its type, for messages.

    >>> describe((1, 2))
    'the list [1, 2]'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"the list {show(value)}"
    if isinstance(value, str):
        return f'the text "{show(value)}"'
    if isinstance(value, Recipe):
        return f"the layer {value.spelling}"
    if isinstance(value, Value):
        return f"the value {value.name}"
    return f"the number {show(value)}"


def show(value: Any, limit: int = 40) -> str:
    """The value as the language writes it, cut to `limit` characters.

    >>> show((1, (2, True)))
    '[1, [2, true]]'
    """
    text = "".join(_pieces(value, limit))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _pieces(value: Any, limit: int) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, Recipe):
        return [value.spelling]
    if isinstance(value, Value):
        return [value.name]
    if not isinstance(value, tuple):
        return [str(value)]
    found = ["["]
    for number, item in enumerate(value):
        if len(found) > limit:
            break
        found += [", "] if number else []
        found += _pieces(item, limit - len(found))
    return [*found, "]"]
