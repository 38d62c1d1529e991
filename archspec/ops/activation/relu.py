"""relu: max(x, 0)."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (np.maximum(call.inputs[0], 0),)


OP = Op(
    name="relu",
    family="activation",
    summary="The rectifier, max(x, 0).",
    doc="Passes positive values unchanged and sets negative ones to zero.",
    source="Nair and Hinton (2010), Rectified linear units improve restricted Boltzmann machines.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("relu", ((4, 4, 3),), (4, 4, 3)),),
    activation=True,
    non_negative=True,
    keeps_sign=True,
)
