"""Names in the order of a list of patterns: how a library's models make their layers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

Natural = list[tuple[int, str]]
Key = list[tuple[int, Natural]]


def key(parts: Sequence[str], patterns: Sequence[str]) -> Key | None:
    """What sorts the parts of a name by the patterns; None where one fits none of them.

    In a pattern `*` stands for anything, and `#` alone for a number. Parts of one pattern stand in
    the order of their numbers and letters.
    """
    found: Key = []
    for part in parts:
        plain = "#" if part.isdecimal() else part
        rank = next((i for i, one in enumerate(patterns) if fnmatchcase(plain, one)), None)
        if rank is None:
            return None
        found.append((rank, natural(part)))
    return found


def natural(text: str) -> Natural:
    """A key that sorts numbers in a text by their size.

    >>> sorted(["a10", "a9b", "a9"], key=natural)
    ['a9', 'a9b', 'a10']
    """
    parts = re.split(r"(\d+)", text)
    return [(int(one), "") if one.isdecimal() else (-1, one) for one in parts if one]
