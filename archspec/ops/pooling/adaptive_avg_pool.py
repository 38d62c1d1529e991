"""adaptive_avg_pool: means of as many windows as are wanted."""

from __future__ import annotations

from archspec.ops.op import Array, Call, Example, Op
from archspec.ops.pooling._adaptive import SIZE, adaptive_shape, along_axes


def mean(x: Array, axis: int) -> Array:
    reduced: Array = x.mean(axis=axis)
    return reduced


def reference(call: Call) -> tuple[Array, ...]:
    return along_axes(call, mean)


OP = Op(
    name="adaptive_avg_pool",
    family="pooling",
    summary="The means of windows, as many of them as are wanted.",
    doc=(
        "Window i of m, on an axis of n cells, goes from cell floor(i * n / m) up to, not"
        " including, ceil((i + 1) * n / m). Where m divides n these are the windows of `avg_pool`"
        " with size n / m; elsewhere neighbours overlap and may differ in size, and where m"
        " exceeds n cells repeat.\n\n"
        "Shapes: `[*sizes, channels]` to `[*size, channels]`."
    ),
    source="He et al. (2014), Spatial pyramid pooling, 2.3 (there for the maximum).",
    attributes=(SIZE,),
    ranks=(1, 2, 3),
    shape=adaptive_shape,
    reference=reference,
    examples=(
        Example("adaptive_avg_pool(4)", ((8, 12, 3),), (4, 4, 3)),
        Example("adaptive_avg_pool([3, 5])", ((7, 6, 2),), (3, 5, 2)),
        Example("adaptive_avg_pool([7, 1])", ((7, 9, 2),), (7, 1, 2)),
        Example("adaptive_avg_pool(6)", ((4, 5, 2),), (6, 6, 2)),
        Example("adaptive_avg_pool(4)", ((9, 2),), (4, 2)),
        Example("adaptive_avg_pool([1, 2, 4])", ((3, 4, 4, 2),), (1, 2, 4, 2)),
    ),
    keeps_sign=True,
)
