"""elu: x, or alpha * (exp(x) - 1) where it is negative."""

from __future__ import annotations

from archspec.ops.activation._element_wise import same_shape
from archspec.ops.attribute import Attribute
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    x = call.inputs[0]
    return (np.where(x > 0, x, call.attributes.alpha * np.expm1(np.minimum(x, 0))),)


OP = Op(
    name="elu",
    family="activation",
    summary="The exponential linear unit.",
    doc="x where x is positive, alpha * (exp(x) - 1) elsewhere: never below -alpha.",
    source="Clevert et al. (2016), Fast and accurate deep network learning by ELUs, 3.",
    attributes=(
        Attribute(
            "alpha",
            "float",
            "the limit on the negative side",
            default=1.0,
            minimum=0,
            strict="with a negative one the unit would fall where its input rises",
        ),
    ),
    shape=same_shape,
    reference=reference,
    examples=(
        Example("elu(alpha=0.5)", ((4, 4, 3),), (4, 4, 3)),
        Example("elu(alpha=0.5)", ((7,),), (7,)),
    ),
    activation=True,
    keeps_sign=True,
)
