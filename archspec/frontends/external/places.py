"""Finds the place of a value in a JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def find_place(text: str, path: Sequence[str | int]) -> tuple[int, int, str]:
    """Start and end of the value at a path of keys and positions, and the path in words.

    Keys that are not there are passed over, as pydantic names a union's choice in its paths. The
    text is known to be JSON.
    """
    start = _skip(text, 0)
    words = ""
    for step in path:
        found = _element(text, start, step) if isinstance(step, int) else _member(text, start, step)
        if found is not None:
            start = found
            words += f"[{step}]" if isinstance(step, int) else f".{step}"
    return start, _DECODER.raw_decode(text, start)[1], words.removeprefix(".")


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _member(text: str, start: int, key: str) -> int | None:
    """Where the value of a key begins in the object at `start`."""
    if text[start] != "{":
        return None
    position = _skip(text, start + 1)
    while text[position] != "}":
        name, position = _DECODER.raw_decode(text, position)
        position = _skip(text, _skip(text, position) + 1)
        if name == key:
            return position
        position = _next(text, position)
    return None


def _element(text: str, start: int, index: int) -> int | None:
    """Where an element begins in the array at `start`."""
    if text[start] != "[":
        return None
    position = _skip(text, start + 1)
    while text[position] != "]":
        if index == 0:
            return position
        index -= 1
        position = _next(text, position)
    return None


def _next(text: str, position: int) -> int:
    """The start of what follows the value at `position` and its comma."""
    position = _skip(text, _DECODER.raw_decode(text, position)[1])
    return _skip(text, position + 1) if text[position] == "," else position
