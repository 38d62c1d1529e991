"""global_max_pool: the maximum over all positions."""

from __future__ import annotations

from archspec.ops.op import Array, Call, Example, Op
from archspec.ops.pooling._global import KEEP, global_shape, spatial_axes


def reference(call: Call) -> tuple[Array, ...]:
    x, keep = call.inputs[0], call.attributes.keep
    return (x.max(axis=spatial_axes(call), keepdims=keep),)


OP = Op(
    name="global_max_pool",
    family="pooling",
    summary="The greatest value over all positions, for each channel.",
    doc=(
        "The output is the maximum over all positions, for each channel alone.\n\n"
        "Shapes: `[*sizes, channels]` to `[channels]`; with `keep`, a size of 1 stays for each"
        " spatial axis: `[1, 1, channels]` for images."
    ),
    source="Oquab et al. (2015), Is object localization for free?, section 3.",
    attributes=(KEEP,),
    ranks=(1, 2, 3),
    shape=global_shape,
    reference=reference,
    examples=(
        Example("global_max_pool", ((7, 6, 4),), (4,)),
        Example("global_max_pool(keep=true)", ((7, 6, 4),), (1, 1, 4)),
        Example("global_max_pool", ((9, 3),), (3,)),
        Example("global_max_pool(keep=true)", ((2, 3, 4, 5),), (1, 1, 1, 5)),
    ),
    keeps_sign=True,
)
