"""transposed_conv: the transpose of a convolution, which enlarges its input."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

from archspec.dimensions import Shape, show
from archspec.dimensions.window import amounts
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.biases import check_bias
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes, WeightSpec


def full(sizes: tuple[Any, ...], a: Attributes) -> tuple[Any, ...]:
    """Sizes before anything is cropped."""
    return tuple((n - 1) * s + k for n, s, k in zip(sizes, a.stride, a.kernel, strict=True))


def crops(a: Attributes) -> tuple[tuple[int, int], ...]:
    """Cells cropped from the full output, (low, high) on each axis; negative ones are added."""
    if a.padding == "same":
        totals = [k - s for k, s in zip(a.kernel, a.stride, strict=True)]
        return tuple((max(t, 0) // 2, t - max(t, 0) // 2) for t in totals)
    return amounts(a.padding, a.kernel, a.kernel, a.stride, (1,) * len(a.kernel))


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    found = shape(attributes, inputs)[0]
    if any(size < 1 for size in found):
        whole = show(full(tuple(inputs[0][:-1]), attributes))
        yield Problem(
            "size-not-positive",
            f"cropping the full output {whole} would leave {show(found[:-1])}",
            "padding",
            input=0,
            help="use less padding: in a transposed convolution it is cut off, not added",
        )
    yield from check_bias(attributes, inputs)


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    whole = full(tuple(inputs[0][:-1]), attributes)
    cut = zip(whole, crops(attributes), strict=True)
    return ((*(size - low - high for size, (low, high) in cut), attributes.filters),)


def weights(attributes: Attributes, inputs: Shapes) -> tuple[WeightSpec, ...]:
    a, depth, field = attributes, inputs[0][-1], prod(attributes.kernel)
    fans = (depth * field, a.filters * field)
    kernel = WeightSpec("kernel", (*a.kernel, depth, a.filters), a.kernel_init, fans)
    return (kernel, WeightSpec("bias", (a.filters,), a.bias_init)) if a.bias else (kernel,)


def macs(attributes: Attributes, inputs: Shapes, outputs: Shapes) -> int:
    return int(prod(inputs[0]) * prod(attributes.kernel) * attributes.filters)


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    a, x, kernel = call.attributes, call.inputs[0], call.weights["kernel"]
    sizes = x.shape[1:-1]
    cut = crops(a)
    whole = full(sizes, a)
    room = tuple(size + max(-high, 0) for size, (_, high) in zip(whole, cut, strict=True))
    out = np.zeros((len(x), *room, a.filters), dtype=x.dtype)
    for cell in np.ndindex(*a.kernel):
        # One step for each cell of the kernel: its share of all places at once.
        spread = tuple(
            slice(c, c + (n - 1) * s + 1, s) for c, n, s in zip(cell, sizes, a.stride, strict=True)
        )
        out[(slice(None), *spread)] += x @ kernel[cell]
    kept = tuple(
        slice(low, size - max(high, 0)) for size, (low, high) in zip(room, cut, strict=True)
    )
    out = out[(slice(None), *kept)]
    return (out + call.weights["bias"] if a.bias else out,)


OP = Op(
    name="transposed_conv",
    family="convolution",
    summary="The transpose of a convolution; with a stride it enlarges the input.",
    doc=(
        "Every input cell adds its value, times the kernel, to the window that starts at its place"
        " times the stride; where windows overlap the products are summed. Padding is cut off the"
        " result instead of added to the input: `valid` cuts nothing, a number or list that many"
        " cells, `half` (kernel - 1) // 2 on both sides, and `same` makes the output exactly size *"
        " stride: it cuts kernel - stride cells, low = that // 2, the rest at the high end; where"
        " the stride exceeds the kernel, cells that hold the bias alone are added at the high"
        " end.\n\n"
        "Shapes: `[*sizes, channels]` to `[*places, filters]`, where an axis of n cells has"
        " (n - 1) * stride + kernel places less those cut. Kernel: (*window, channels, filters)."
        " Multiply-adds are those of the full output: each input cell meets the whole kernel."
    ),
    source="Dumoulin and Visin (2016), A guide to convolution arithmetic for deep learning, 4.",
    attributes=(
        Attribute("filters", "int", "number of output channels", minimum=1),
        Attribute("kernel", "size", "window size", minimum=1, unit="cells"),
        Attribute("stride", "size", "distance of the windows", default=1, minimum=1, unit="cells"),
        Attribute("padding", "padding", "cells cut off", default="valid", minimum=0),
        Attribute("bias", "bool", "whether a bias is added", default=True),
        Attribute("kernel_init", "initializer", "initial kernel", default="glorot_uniform"),
        Attribute("bias_init", "initializer", "initial bias", default="zeros", needs="bias"),
    ),
    ranks=(1, 2, 3),
    check=check,
    shape=shape,
    weights=weights,
    macs=macs,
    reference=reference,
    examples=(
        Example("transposed_conv(4, 2, stride=2)", ((5, 4, 8),), (10, 8, 4)),
        Example("transposed_conv(3, 3, stride=2, padding=same)", ((4, 5, 2),), (8, 10, 3)),
        Example("transposed_conv(3, 4, stride=2, padding=1)", ((4, 5, 2),), (8, 10, 3)),
        Example("transposed_conv(3, 3, padding=half, bias=false)", ((4, 5, 2),), (4, 5, 3)),
        Example("transposed_conv(2, 2, stride=3, padding=same)", ((4, 3),), (12, 2)),
        Example("transposed_conv(2, 3, stride=2, padding=[[0, 1]])", ((5, 3),), (10, 2)),
        Example("transposed_conv(2, [1, 2, 3], stride=2)", ((2, 3, 2, 3),), (3, 6, 5, 2)),
    ),
)
