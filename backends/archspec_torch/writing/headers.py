"""Loops over what their rounds read: loop variables that nothing reads are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archspec_torch.form import tight

_NAME = re.compile(r"[^\W\d]\w*")


def header(text: str, body: str) -> str:
    """`for … in …` for a body.

    >>> header("for i, d in enumerate(depths)", "Stage(d)")
    'for d in depths'
    >>> header("for i, (a, b) in enumerate(rows)", "Stage(b)")
    'for _, b in rows'
    >>> header("for i in range(3)", "Stage()")
    'for _ in range(3)'
    """
    target, iterable = text.removeprefix("for ").split(" in ", 1)
    read = {name for name in _NAME.findall(target) if _reads(body, name)}
    counted = re.fullmatch(r"(\w+), (.+)", target)
    inside = re.fullmatch(r"enumerate\((.*)\)", iterable)
    if counted and inside and counted[1] not in read:
        rest = counted[2]
        bare = rest[1:-1] if rest.startswith("(") else rest
        return header(f"for {bare} in {inside[1]}", body)
    if not read:
        return f"for _ in {iterable}"
    target = _NAME.sub(lambda name: name[0] if name[0] in read else "_", target)
    return f"for {target} in {iterable}"


def comprehension(element: str, text: str) -> str:
    """A list with the element for each round of the loop that the text heads.

    >>> comprehension("Stage(d)", "for i, d in enumerate(depths)")
    '[Stage(d) for d in depths]'
    >>> comprehension("Stage(d)", "for d in a if deep else b")
    '[Stage(d) for d in (a if deep else b)]'
    """
    target, iterable = header(text, element).split(" in ", 1)
    return f"[{element} {target} in {tight(iterable)}]"


def headed(statements: Sequence[str]) -> list[str]:
    """The statements with such headers."""
    found = list(statements)
    for number, line in enumerate(found):
        match = re.fullmatch(r"( *)(for .* in .*):", line)
        if match:
            deeper = f"{match[1]}    "
            after = found[number + 1 :]
            end = next((n for n, one in enumerate(after) if not one.startswith(deeper)), len(after))
            found[number] = f"{match[1]}{header(match[2], chr(10).join(after[:end]))}:"
    return found


def _reads(body: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){name}\b", body) is not None
