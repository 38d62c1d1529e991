"""adaptive_max_pool: maxima of as many windows as are wanted."""

from __future__ import annotations

from archspec.ops.op import Array, Call, Example, Op
from archspec.ops.pooling._adaptive import SIZE, adaptive_shape, along_axes


def greatest(x: Array, axis: int) -> Array:
    reduced: Array = x.max(axis=axis)
    return reduced


def reference(call: Call) -> tuple[Array, ...]:
    return along_axes(call, greatest)


OP = Op(
    name="adaptive_max_pool",
    family="pooling",
    summary="The greatest values of windows, as many of them as are wanted.",
    doc=(
        "Window i of m, on an axis of n cells, goes from cell floor(i * n / m) up to, not"
        " including, ceil((i + 1) * n / m), as in `adaptive_avg_pool`.\n\n"
        "Shapes: `[*sizes, channels]` to `[*size, channels]`."
    ),
    source="He et al. (2014), Spatial pyramid pooling, 2.3.",
    attributes=(SIZE,),
    ranks=(1, 2, 3),
    shape=adaptive_shape,
    reference=reference,
    examples=(
        Example("adaptive_max_pool(4)", ((8, 12, 3),), (4, 4, 3)),
        Example("adaptive_max_pool([3, 5])", ((7, 6, 2),), (3, 5, 2)),
        Example("adaptive_max_pool([7, 1])", ((7, 9, 2),), (7, 1, 2)),
        Example("adaptive_max_pool(6)", ((4, 5, 2),), (6, 6, 2)),
        Example("adaptive_max_pool(4)", ((9, 2),), (4, 2)),
        Example("adaptive_max_pool([1, 2, 4])", ((3, 4, 4, 2),), (1, 2, 4, 2)),
    ),
    keeps_sign=True,
)
