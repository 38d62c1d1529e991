"""What the windowed poolings share: size, stride and padding."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.dimensions import Shape, show
from archspec.dimensions.window import amounts, outputs
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Problem, Shapes
from archspec.ops.windows import Sizes, check_fits, pad, windows

SIZE = Attribute("size", "size", "window size", minimum=1, unit="cells")
STRIDE = Attribute(
    "stride", "size", "step of the window; not given, the size", default=None, minimum=1
)
PADDING = Attribute("padding", "padding", "cells added around", default="valid", minimum=0)


def steps(attributes: Attributes) -> Sizes:
    """The stride in force."""
    stride: Sizes = attributes.size if attributes.stride is None else attributes.stride
    return stride


def added(attributes: Attributes, sizes: Sizes) -> tuple[tuple[int, int], ...]:
    """Cells added (before, after) on each spatial axis."""
    a = attributes
    return amounts(a.padding, sizes, a.size, steps(a), (1,) * len(a.size))


def pooled_shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    """One cell for each place of the window; the channels stay."""
    a, sizes = attributes, tuple(inputs[0][:-1])
    found = outputs(a.padding, sizes, a.size, steps(a), (1,) * len(a.size))
    return ((*found, inputs[0][-1]),)


def check_window(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    """The window must fit, and every place of it must hold a real cell."""
    a = attributes
    padded = added(a, tuple(inputs[0][:-1]))
    if any(max(pair) >= k for pair, k in zip(padded, a.size, strict=True)):
        yield Problem(
            "out-of-range",
            f"with padding {show(tuple(map(show, padded)))} a window of {show(a.size)} could lie"
            " in the padding alone",
            "padding",
            help="keep the padding smaller than the window",
        )
    yield from check_fits("size", a.padding, inputs[0], a.size, steps(a), (1,) * len(a.size))


def seen(attributes: Attributes, x: Array, fill: float) -> Array:
    """The windows of `x`, one row each: shape (batch, *places, channels, cells)."""
    a, rank = attributes, len(attributes.size)
    filled = pad(x, added(a, x.shape[1:-1]), fill)
    view = windows(filled, a.size, steps(a), (1,) * rank)
    return view.reshape(*view.shape[: rank + 2], -1)
