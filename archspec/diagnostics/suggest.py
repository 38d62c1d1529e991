"""The nearest known name, for every kind of unknown name."""

from __future__ import annotations

from collections.abc import Iterable

from archspec.source import limits


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when nothing is near.

    >>> nearest("con", ["conv", "dense"])
    'conv'
    """
    from difflib import get_close_matches

    names = set(known)
    if len(name) > limits.NAME_LENGTH:
        return None
    if len(names) > limits.SUGGESTED_FROM:
        # A look at all of them would take longer than all the rest of a check.
        close = sorted(names, key=lambda one: (one[:1] != name[:1], abs(len(one) - len(name)), one))
        names = set(close[: limits.SUGGESTED_FROM])
    found = get_close_matches(name, sorted(names), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A help text that names the nearest known name, or lists a few; empty when none is known."""
    names = sorted(set(known))
    found = nearest(name, names)
    if found is not None:
        return f"did you mean `{found}`?"
    if not names:
        return ""
    shown = ", ".join(f"`{known_name}`" for known_name in names[:8])
    return f"known here: {shown}{', …' if len(names) > 8 else ''}"
