"""relu6: max(x, 0), at most 6."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (np.clip(call.inputs[0], 0, 6),)


OP = Op(
    name="relu6",
    family="activation",
    summary="The rectifier that stops at 6.",
    doc="min(max(x, 0), 6): negative values become 0, values above 6 become 6.",
    source="Krizhevsky (2010), Convolutional deep belief networks on CIFAR-10, 2.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("relu6", ((4, 4, 3),), (4, 4, 3)), Example("relu6", ((7,),), (7,))),
    activation=True,
    non_negative=True,
    keeps_sign=True,
)
