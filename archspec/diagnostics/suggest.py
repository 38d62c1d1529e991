"""The nearest known name, for every kind of unknown name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from archspec.source import limits


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when nothing is near.

    >>> nearest("con", ["conv", "dense"])
    'conv'
    """
    return _nearest(name, sorted(set(known)))


def _nearest(name: str, names: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    if len(name) > limits.SUGGESTED_LENGTH:
        return None
    # Comparing takes as long as the product of the lengths. Of too many names, or too long ones,
    # only those are looked at that begin alike: they stand around the place of this one.
    half = min(limits.SUGGESTED_FROM, limits.SUGGESTED_EFFORT // (len(name) + 1) ** 2) // 2 + 1
    if len(names) > 2 * half:
        at = bisect_left(names, name)
        names = names[max(at - half, 0) : at + half]
    found = get_close_matches(name, names, n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A help text that names the nearest known name, or lists a few; empty when none is known."""
    names = sorted(set(known))
    found = _nearest(name, names)
    if found is not None:
        return f"did you mean `{found}`?"
    if not names:
        return ""
    shown = ", ".join(f"`{known_name}`" for known_name in names[:8])
    return f"known here: {shown}{', …' if len(names) > 8 else ''}"
