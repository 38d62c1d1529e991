"""max_pool: the greatest value in each window."""

from __future__ import annotations

from archspec.ops.op import Array, Call, Example, Op
from archspec.ops.pooling._pool import PADDING, SIZE, STRIDE, check_window, pooled_shape, seen


def reference(call: Call) -> tuple[Array, ...]:
    return (seen(call.attributes, call.inputs[0], float("-inf")).max(axis=-1),)


OP = Op(
    name="max_pool",
    family="pooling",
    summary="The greatest value in each window, for each channel.",
    doc=(
        "The output at place p is the maximum of the cells in the window that starts at p * stride."
        " Padding adds cells of minus infinity, which never win; a window that would hold nothing"
        " else is refused, so padding must be smaller than the window.\n\n"
        "Shapes: `[*sizes, channels]` to `[*places, channels]`, where an axis of n cells has"
        " (n + padding before and after - size) // stride + 1 places."
    ),
    source="Riesenhuber and Poggio (1999), Hierarchical models of object recognition in cortex.",
    attributes=(SIZE, STRIDE, PADDING),
    ranks=(1, 2, 3),
    check=check_window,
    shape=pooled_shape,
    reference=reference,
    examples=(
        Example("max_pool(2)", ((8, 6, 3),), (4, 3, 3)),
        Example("max_pool(2)", ((9, 7, 3),), (4, 3, 3)),
        Example("max_pool(3, stride=2, padding=1)", ((8, 7, 2),), (4, 4, 2)),
        Example("max_pool(3, stride=2, padding=same)", ((8, 7, 2),), (4, 4, 2)),
        Example("max_pool(3, stride=1, padding=half)", ((5, 4, 2),), (5, 4, 2)),
        Example("max_pool(3, stride=2, padding=[[0, 1], 2])", ((8, 7, 2),), (4, 5, 2)),
        Example("max_pool(2, stride=3)", ((10, 4),), (3, 4)),
        Example("max_pool([1, 2, 2])", ((3, 4, 5, 2),), (3, 2, 2, 2)),
    ),
    keeps_sign=True,
)
