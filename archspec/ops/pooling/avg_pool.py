"""avg_pool: the mean of each window."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes
from archspec.ops.pooling._pool import (
    PADDING,
    SIZE,
    STRIDE,
    added,
    check_window,
    pooled_shape,
    seen,
)


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    padded = added(attributes, tuple(inputs[0][:-1]))
    if attributes.count_padding is None and any(map(any, padded)):
        yield Problem(
            "missing-argument",
            "padded average pooling must say whether the added cells count",
            "count_padding",
            help=(
                "write `count_padding=true` to divide by the window size (PyTorch's default) or"
                " `count_padding=false` to divide by the number of real cells (Keras)"
            ),
        )
    yield from check_window(attributes, inputs)


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    a, x = call.attributes, call.inputs[0]
    cells = seen(a, x, 0.0)
    if a.count_padding or not any(map(any, added(a, x.shape[1:-1]))):
        return (cells.mean(axis=-1),)
    real = seen(a, np.ones((1, *x.shape[1:-1], 1), dtype=x.dtype), 0.0)
    return (cells.sum(axis=-1) / real.sum(axis=-1),)


OP = Op(
    name="avg_pool",
    family="pooling",
    summary="The mean of each window, for each channel.",
    doc=(
        "The output at place p is the sum of the cells in the window that starts at p * stride,"
        " divided by their number. Where padding adds cells (of zero), `count_padding` must say"
        " whether they count in that number: frameworks differ, and no shape shows it.\n\n"
        "Shapes: `[*sizes, channels]` to `[*places, channels]`, where an axis of n cells has"
        " (n + padding before and after - size) // stride + 1 places."
    ),
    source="LeCun et al. (1998), Gradient-based learning applied to document recognition, II.",
    attributes=(
        SIZE,
        STRIDE,
        PADDING,
        Attribute(
            "count_padding",
            "bool",
            "whether added cells count in the mean; must be given where there are any",
            default=None,
        ),
    ),
    ranks=(1, 2, 3),
    check=check,
    shape=pooled_shape,
    reference=reference,
    examples=(
        Example("avg_pool(2)", ((8, 6, 3),), (4, 3, 3)),
        Example("avg_pool(2)", ((9, 7, 3),), (4, 3, 3)),
        Example(
            "avg_pool(3, stride=2, padding=same, count_padding=false)", ((8, 7, 2),), (4, 4, 2)
        ),
        Example("avg_pool(3, stride=2, padding=1, count_padding=true)", ((8, 7, 2),), (4, 4, 2)),
        Example("avg_pool(3, stride=1, padding=half, count_padding=false)", ((5, 2),), (5, 2)),
        Example("avg_pool(2, stride=3)", ((10, 4),), (3, 4)),
        Example("avg_pool([1, 2, 2])", ((3, 4, 5, 2),), (3, 2, 2, 2)),
    ),
    keeps_sign=True,
)
