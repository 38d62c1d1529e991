"""Whether what was dropped at random was dropped as the op says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archspec.dimensions import Shape

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

SIGMAS = 7.0
"""How many standard deviations a count may be off; chance does that once in 10**11 times."""

UNLIKELY = 1e-9
"""Draws that are all alike are so by chance this seldom, or nothing is said of them."""


def wrongly_dropped(came: Array, went: Array, chance: float, draws: Shape) -> str:
    """What is wrong with a drop of `came` to `went`, in words; empty where nothing is.

    Arrays have the batch axis first; `draws` is the shape of the draws of one sample, 1 where
    cells share one. Cells that are 0 beforehand say nothing.
    """
    import numpy as np

    told = came != 0
    kept = told & (went != 0)
    factors = np.divide(went, came, out=np.zeros_like(went), where=kept)[kept] * (1 - chance)
    if factors.size and np.abs(factors - 1).max() > 1e-4:
        wrong = float(factors[np.abs(factors - 1).argmax()]) / (1 - chance)
        return f"kept values are multiplied by {wrong:.4g}, not by {1 / (1 - chance):.4g}"
    shared = tuple(i + 1 for i, size in enumerate(draws) if size == 1)
    some_kept = kept.any(axis=shared, keepdims=True)
    some_dropped = (told & ~kept).any(axis=shared, keepdims=True)
    if (some_kept & some_dropped).any():
        return "cells that share one draw are kept and dropped"
    return _wrong_count(some_kept, some_dropped, chance) or _alike(some_kept, some_dropped, chance)


def _wrong_count(kept: Array, dropped: Array, chance: float) -> str:
    seen, count = int((kept | dropped).sum()), int(dropped.sum())
    spread = (seen * chance * (1 - chance)) ** 0.5
    if abs(count - seen * chance) <= SIGMAS * spread + 1:
        return ""
    return f"{count} of {seen} draws drop, where the chance is {chance:g}"


def _alike(kept: Array, dropped: Array, chance: float) -> str:
    """Whether draws that should differ along an axis never do."""
    for axis, length in enumerate(kept.shape):
        seen = (kept | dropped).all(axis=axis)
        lines = int(seen.sum())
        same = ~(kept.any(axis=axis) & dropped.any(axis=axis)) & seen
        likely = chance**length + (1 - chance) ** length
        if length > 1 and lines and same.sum() == lines and likely**lines < UNLIKELY:
            where = "of the samples" if axis == 0 else f"along axis {axis - 1}"
            return f"the draws {where} are all alike"
    return ""
