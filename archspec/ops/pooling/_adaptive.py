"""What the poolings to a given size share."""

from __future__ import annotations

from collections.abc import Callable

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Shapes

SIZE = Attribute("size", "size", "sizes that come out", minimum=1, unit="cells")


def adaptive_shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    """The wanted sizes; the channels stay."""
    return ((*attributes.size, inputs[0][-1]),)


def bounds(old: int, new: int) -> list[tuple[int, int]]:
    """First cell and end of each window on an axis.

    >>> bounds(7, 3), bounds(2, 3)
    ([(0, 3), (2, 5), (4, 7)], [(0, 1), (0, 2), (1, 2)])
    """
    return [(i * old // new, -(-(i + 1) * old // new)) for i in range(new)]


def along_axes(call: Call, reduce: Callable[[Array, int], Array]) -> tuple[Array, ...]:
    """Each window reduced, one axis after the other: windows are products of intervals."""
    import numpy as np

    x = call.inputs[0]
    for axis, new in enumerate(call.attributes.size, start=1):
        parts = [
            reduce(np.take(x, range(start, end), axis=axis), axis)
            for start, end in bounds(x.shape[axis], new)
        ]
        x = np.stack(parts, axis=axis)
    return (x,)
