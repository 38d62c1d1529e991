"""flatten: all numbers in one row."""

from __future__ import annotations

from archspec.dimensions import Shape, elements
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Shapes


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return ((elements(inputs[0]),),)


def reference(call: Call) -> tuple[Array, ...]:
    return (call.inputs[0].reshape(len(call.inputs[0]), -1),)


OP = Op(
    name="flatten",
    family="structure",
    summary="All numbers of a value in one row of features.",
    doc=(
        "Writes the numbers in the order of the axes, channels running fastest: the number at row"
        " y, column x, channel c of `[height, width, channels]` becomes feature"
        " (y * width + x) * channels + c. A value of features only stays as it is.\n\n"
        "Shapes: `[*sizes, channels]` to `[features]`, the product of all sizes."
    ),
    source="LeCun et al. (1998), Gradient-based learning applied to document recognition, II.",
    attributes=(),
    shape=shape,
    reference=reference,
    examples=(
        Example("flatten", ((5, 4, 3),), (60,)),
        Example("flatten", ((7, 2),), (14,)),
        Example("flatten", ((2, 3, 4, 5),), (120,)),
        Example("flatten", ((9,),), (9,)),
    ),
    keeps_sign=True,
)
