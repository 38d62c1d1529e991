"""How far two tensors are apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Difference:
    """The largest difference of two tensors, relative to the larger of their largest values.

    `left` and `right` are the two numbers that are furthest apart, `index` their place. Where
    no number can tell (`why`: a shape, a NaN, a missing tensor) `relative` is infinite.
    """

    relative: float
    index: tuple[int, ...] = ()
    left: float | None = None
    right: float | None = None
    why: str = ""


def difference(left: Array | None, right: Array | None, floor: float = 0.0) -> Difference:
    """Compare two tensors; differences are taken relative to at least `floor`.

    NaN and infinity are differences, even where both sides have them: what is not finite is equal
    to nothing. Where the sides have them at different places, the first of these is told.
    """
    import numpy as np

    if left is None or right is None:
        return Difference(INFINITE, why="one side has no such tensor")
    if left.shape != right.shape:
        return Difference(INFINITE, why=f"the shapes are {left.shape} and {right.shape}")
    if left.size == 0:
        return Difference(0.0)
    sizes = largest(left), largest(right)
    if not np.isfinite(sizes).all():
        return _not_finite(left, right)
    apart = np.subtract(left, right, out=np.empty(left.shape))
    index = _place(np.abs(apart, out=apart))
    scale = max(*sizes, floor)
    relative = float(apart[index]) / scale if scale else 0.0
    return Difference(relative, index, float(left[index]), float(right[index]))


def largest(array: Array) -> float:
    """The largest absolute number, 0 where there is none, NaN where one is; nothing is copied."""
    # The largest weights have a hundred million elements.
    return max(float(array.max(initial=0)), -float(array.min(initial=0)))


def _not_finite(left: Array, right: Array) -> Difference:
    import numpy as np

    odd = ~np.isfinite(left) | ~np.isfinite(right)
    apart = odd & ~((left == right) | (np.isnan(left) & np.isnan(right)))
    index = _place(apart if apart.any() else odd)
    where = (
        f"at {apart.sum()} of {apart.size} places on one side" if apart.any() else "on both sides"
    )
    why = f"a number is not finite ({_masks(left)} against {_masks(right)}, {where})"
    return Difference(INFINITE, index, float(left[index]), float(right[index]), why)


def _masks(array: Array) -> str:
    """How many numbers of each kind are not finite."""
    import numpy as np

    masks = {"NaN": np.isnan(array), "inf": array == INFINITE, "-inf": array == -INFINITE}
    counts = [f"{mask.sum()} {word}" for word, mask in masks.items() if mask.any()]
    return " and ".join(counts) or "all finite"


def _place(array: Array) -> tuple[int, ...]:
    import numpy as np

    return tuple(int(one) for one in np.unravel_index(int(array.argmax()), array.shape))
