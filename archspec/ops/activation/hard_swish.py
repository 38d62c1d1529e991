"""hard_swish: x * hard_sigmoid(x)."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    x = call.inputs[0]
    return (x * np.clip(x + 3, 0, 6) / 6,)


OP = Op(
    name="hard_swish",
    family="activation",
    summary="The sigmoid linear unit made of straight lines and a parabola.",
    doc="x * min(max(x + 3, 0), 6) / 6: 0 up to -3, x from 3 on.",
    source="Howard et al. (2019), Searching for MobileNetV3, 5.2.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("hard_swish", ((4, 4, 3),), (4, 4, 3)), Example("hard_swish", ((7,),), (7,))),
    activation=True,
    keeps_sign=True,
)
