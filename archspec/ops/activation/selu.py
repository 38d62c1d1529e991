"""selu: the self-normalising exponential linear unit."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.op import Array, Call, Example, Op

ALPHA = 1.6732632423543772
SCALE = 1.0507009873554805


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    x = call.inputs[0]
    return (SCALE * np.where(x > 0, x, ALPHA * np.expm1(np.minimum(x, 0))),)


OP = Op(
    name="selu",
    family="activation",
    summary="The scaled exponential linear unit.",
    doc=(
        "scale * x where x is positive, scale * alpha * (exp(x) - 1) elsewhere, with the two"
        " constants for which means and variances of activations stay at 0 and 1."
    ),
    source="Klambauer et al. (2017), Self-normalizing neural networks, 2.",
    attributes=(),
    shape=same_shape,
    reference=reference,
    examples=(Example("selu", ((4, 4, 3),), (4, 4, 3)), Example("selu", ((7,),), (7,))),
    activation=True,
    keeps_sign=True,
)
