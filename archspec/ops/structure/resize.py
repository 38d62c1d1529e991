"""resize: another number of cells on the spatial axes, by nearest or linear sampling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    if attributes.scale is None and attributes.size is None:
        yield Problem(
            "missing-argument",
            "resize needs the new size, or the scale that the old one is multiplied by",
            "scale",
            help="write `scale=2` or `size=[64, 64]`",
        )
    elif attributes.scale is not None and attributes.size is not None:
        yield Problem(
            "conflicting-arguments",
            "resize takes either `scale` or `size`, not both",
            "size",
            help="leave out one of them",
        )


def resized(sizes: tuple[Any, ...], a: Attributes) -> tuple[Any, ...]:
    """The new spatial sizes."""
    if a.size is not None:
        return tuple(a.size)
    return tuple(n * factor for n, factor in zip(sizes, a.scale, strict=True))


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    *sizes, channels = inputs[0]
    return ((*resized(tuple(sizes), attributes), channels),)


def nearest(x: Array, axis: int, size: int) -> Array:
    """Takes, for each new cell, the old cell that its centre falls into."""
    import numpy as np

    chosen = (2 * np.arange(size) + 1) * x.shape[axis] // (2 * size)
    return np.asarray(np.take(x, chosen, axis=axis))


def bilinear(x: Array, axis: int, size: int) -> Array:
    """Mixes, for each new cell, the two old cells whose centres surround its centre."""
    import numpy as np

    last = x.shape[axis] - 1
    at = np.clip((np.arange(size) + 0.5) * x.shape[axis] / size - 0.5, 0, last)
    low = np.floor(at).astype(int)
    share = (at - low).astype(x.dtype).reshape(-1, *(1,) * (x.ndim - axis - 1))
    before, after = np.take(x, low, axis=axis), np.take(x, np.minimum(low + 1, last), axis=axis)
    return np.asarray(before * (1 - share) + after * share)


def reference(call: Call) -> tuple[Array, ...]:
    x = call.inputs[0]
    along = {"nearest": nearest, "bilinear": bilinear}[call.attributes.method]
    for axis, size in enumerate(resized(x.shape[1:-1], call.attributes), start=1):
        x = along(x, axis, size)
    return (x,)


OP = Op(
    name="resize",
    family="structure",
    summary="Enlarges or shrinks the spatial axes by sampling.",
    doc=(
        "Cells are taken as intervals of equal length: new cell i of m, on an axis of n old cells,"
        " has its centre at (i + 1/2) * n / m, in units of old cells (half-pixel centres)."
        " `nearest` takes the old cell that this point falls into, the higher one on a border."
        " `bilinear` mixes the two old cells whose centres surround it, in proportion to nearness,"
        " on every axis (so on sequences it is linear, on volumes trilinear); beyond the outermost"
        " centres the edge cell is used. Shrinking does not blur first (no antialiasing).\n\n"
        "Shapes: `[*sizes, channels]` to `[*sizes * scale, channels]` or `[*size, channels]`."
    ),
    source="Long et al. (2015), Fully convolutional networks for semantic segmentation, 3.3.",
    attributes=(
        Attribute("scale", "size", "factor for the sizes; or give `size`", default=None, minimum=1),
        Attribute(
            "size", "size", "the new sizes; or give `scale`", default=None, minimum=1, unit="cells"
        ),
        Attribute("method", "choice", "how to sample", choices=("nearest", "bilinear")),
    ),
    ranks=(1, 2, 3),
    check=check,
    shape=shape,
    reference=reference,
    examples=(
        Example("resize(2, method=nearest)", ((3, 4, 2),), (6, 8, 2)),
        Example("resize(2, method=bilinear)", ((3, 4, 2),), (6, 8, 2)),
        Example("resize([1, 3], method=bilinear)", ((5, 4, 2),), (5, 12, 2)),
        Example("resize(size=[7, 3], method=bilinear)", ((4, 5, 2),), (7, 3, 2)),
        Example("resize(size=[2, 10], method=nearest)", ((4, 5, 2),), (2, 10, 2)),
        Example("resize(3, method=nearest)", ((4, 2),), (12, 2)),
        Example("resize(2, method=nearest)", ((2, 3, 2, 2),), (4, 6, 4, 2)),
    ),
    keeps_sign=True,
)
