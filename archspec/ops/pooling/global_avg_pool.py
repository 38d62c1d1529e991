"""global_avg_pool: the mean over all positions."""

from __future__ import annotations

from archspec.ops.op import Array, Call, Example, Op
from archspec.ops.pooling._global import KEEP, global_shape, spatial_axes


def reference(call: Call) -> tuple[Array, ...]:
    x, keep = call.inputs[0], call.attributes.keep
    return (x.mean(axis=spatial_axes(call), keepdims=keep),)


OP = Op(
    name="global_avg_pool",
    family="pooling",
    summary="The mean over all positions, for each channel.",
    doc=(
        "The output is the sum over all positions divided by their number, for each channel"
        " alone.\n\n"
        "Shapes: `[*sizes, channels]` to `[channels]`; with `keep`, a size of 1 stays for each"
        " spatial axis: `[1, 1, channels]` for images."
    ),
    source="Lin et al. (2013), Network in network, section 3.2.",
    attributes=(KEEP,),
    ranks=(1, 2, 3),
    shape=global_shape,
    reference=reference,
    examples=(
        Example("global_avg_pool", ((7, 6, 4),), (4,)),
        Example("global_avg_pool(keep=true)", ((7, 6, 4),), (1, 1, 4)),
        Example("global_avg_pool", ((9, 3),), (3,)),
        Example("global_avg_pool(keep=true)", ((2, 3, 4, 5),), (1, 1, 1, 5)),
    ),
    keeps_sign=True,
)
