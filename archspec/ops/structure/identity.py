"""identity: the value itself."""

from __future__ import annotations

from archspec.dimensions import Shape
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Shapes


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return (inputs[0],)


def reference(call: Call) -> tuple[Array, ...]:
    return (call.inputs[0],)


OP = Op(
    name="identity",
    family="structure",
    summary="The value itself.",
    doc=(
        "Passes the value on unchanged: the branch of a join that is a shortcut, or a layer"
        " argument that does nothing.\n\nShapes: any, unchanged."
    ),
    source="He et al. (2016), Deep residual learning for image recognition, section 3.2.",
    attributes=(),
    shape=shape,
    reference=reference,
    examples=(
        Example("identity", ((5, 4, 3),), (5, 4, 3)),
        Example("identity", ((7, 2),), (7, 2)),
        Example("identity", ((9,),), (9,)),
    ),
    keeps_sign=True,
    inert=True,
)
