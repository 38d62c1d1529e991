"""scale: a value times a constant."""

from __future__ import annotations

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Shapes


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return (inputs[0],)


def reference(call: Call) -> tuple[Array, ...]:
    return (call.inputs[0] * call.attributes.by,)


OP = Op(
    name="scale",
    family="structure",
    summary="The value times a constant.",
    doc=(
        "Multiplies every number by the constant `by`, which is not learned (for a learned one,"
        " `multiply` with a `weight`).\n\nShapes: any, unchanged."
    ),
    source="Szegedy et al. (2017), Inception-v4, section 3.3.",
    attributes=(Attribute("by", "float", "the factor"),),
    shape=shape,
    reference=reference,
    examples=(
        Example("scale(0.2)", ((5, 4, 3),), (5, 4, 3)),
        Example("scale(-2)", ((7, 2),), (7, 2)),
        Example("scale(0.5)", ((9,),), (9,)),
    ),
)
