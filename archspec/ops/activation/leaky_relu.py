"""leaky_relu: x, or a fraction of it where it is negative."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.attribute import Attribute
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    x = call.inputs[0]
    return (np.where(x > 0, x, call.attributes.slope * x),)


OP = Op(
    name="leaky_relu",
    family="activation",
    summary="The rectifier with a small slope for negative values.",
    doc=(
        "x where x is positive, slope * x elsewhere. The slope has no default, because the"
        " frameworks have three different ones."
    ),
    source="Maas et al. (2013), Rectifier nonlinearities improve acoustic models, 2.",
    attributes=(Attribute("slope", "float", "factor of negative values", minimum=0),),
    shape=same_shape,
    reference=reference,
    examples=(
        Example("leaky_relu(0.1)", ((4, 4, 3),), (4, 4, 3)),
        Example("leaky_relu(0.1)", ((7,),), (7,)),
    ),
    activation=True,
    keeps_sign=True,
)
