"""Mistakes of typing, which no tree can hold."""

from __future__ import annotations

import re
from collections.abc import Callable

from archspec.testing.mistakes.planted import Planted
from archspec.testing.networks import DrawnNetwork
from archspec.testing.scope import Drawing

SYNTAX = ("syntax-error",)


def _places(network: DrawnNetwork, pattern: str) -> list[re.Match[str]]:
    """Where the pattern stands in the text, comments left out."""
    found = []
    for one in re.finditer(pattern, network.text):
        start = network.text.rfind("\n", 0, one.start()) + 1
        if "#" not in network.text[start : one.start()]:
            found.append(one)
    return found


def _changed(
    network: DrawnNetwork, place: re.Match[str], new: str, what: str, codes: tuple[str, ...]
) -> Planted:
    text = network.text
    line = text.count("\n", 0, place.start()) + 1
    changed = text[: place.start()] + new + text[place.end() :]
    return Planted(what, codes, text=changed, line=line)


def lost_arrow(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """An arrow between two layers is missing."""
    found = _places(network, r"(?<=[\w)}]) -> (?=[a-z]\w*)")
    if not found:
        return None
    codes = ("missing-arrow", "syntax-error")
    return _changed(network, drawing.choose(found), " ", "a lost arrow", codes)


def lost_bracket(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A closing bracket is missing."""
    found = _places(network, r"(?<=[\w])\)(?=[ \n])")
    return _changed(network, drawing.choose(found), "", "a lost bracket", SYNTAX) if found else None


def doubled_comma(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A comma too many."""
    found = _places(network, r", ")
    return (
        _changed(network, drawing.choose(found), ", , ", "a second comma", SYNTAX)
        if found
        else None
    )


def odd_sign(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A sign that the language does not have."""
    found = _places(network, r" -> ")
    if not found:
        return None
    sign = drawing.pick(" => ", " - > ", " ; ", " $ ", " → ")
    return _changed(network, drawing.choose(found), sign, f"a sign `{sign.strip()}`", SYNTAX)


def misspelt_word(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A keyword that is misspelt."""
    found = _places(network, r"\b(network|block|input|for|repeat|layer|let|from)\b(?= )")
    place = drawing.choose(found)
    word = place.group()
    codes = ("syntax-error", "missing-arrow", "unknown-layer", "unknown-type")
    return _changed(network, place, word[0] + word[1:][::-1], f"`{word}` misspelt", codes)


TEXTS: tuple[Callable[[Drawing, DrawnNetwork], Planted | None], ...] = (
    lost_arrow,
    lost_bracket,
    doubled_comma,
    odd_sign,
    misspelt_word,
)


def broken_text(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A mistake of typing."""
    return drawing.choose(TEXTS)(drawing, network)
