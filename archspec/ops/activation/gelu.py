"""gelu: x times the chance that a normal number is below x."""

from __future__ import annotations

from math import erfc, pi, sqrt

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.attribute import Attribute
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    x = call.inputs[0]
    if call.attributes.approximate:
        twice = 1 + np.tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))
    else:
        # erfc keeps its digits for large negative values, 1 + erf loses them.
        twice = np.asarray(np.frompyfunc(erfc, 1, 1)(x * -sqrt(0.5)), dtype=x.dtype)
    return (0.5 * x * twice,)


OP = Op(
    name="gelu",
    family="activation",
    summary="The Gaussian error linear unit.",
    doc=(
        "x * (1 + erf(x / sqrt(2))) / 2. With `approximate=true` the tanh form:"
        " x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))."
    ),
    source="Hendrycks and Gimpel (2016), Gaussian error linear units, 2.",
    attributes=(Attribute("approximate", "bool", "whether the tanh form is used", default=False),),
    shape=same_shape,
    reference=reference,
    examples=(
        Example("gelu", ((4, 4, 3),), (4, 4, 3)),
        Example("gelu(approximate=true)", ((7,),), (7,)),
    ),
    activation=True,
    keeps_sign=True,
)
