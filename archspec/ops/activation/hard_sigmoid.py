"""hard_sigmoid: a sigmoid of three straight lines."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (np.clip(call.inputs[0] + 3, 0, 6) / 6,)


OP = Op(
    name="hard_sigmoid",
    family="activation",
    summary="A sigmoid made of straight lines.",
    doc=(
        "min(max(x + 3, 0), 6) / 6: 0 up to -3, 1 from 3 on, a straight line between. (Old Keras"
        " had the slope 0.2 instead.)"
    ),
    source="Howard et al. (2019), Searching for MobileNetV3, 5.2.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(
        Example("hard_sigmoid", ((4, 4, 3),), (4, 4, 3)),
        Example("hard_sigmoid", ((7,),), (7,)),
    ),
    activation=True,
    non_negative=True,
    keeps_sign=True,
)
