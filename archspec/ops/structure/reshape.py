"""reshape: the same numbers under other sizes."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.dimensions import Shape, elements, show
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    wanted, given = elements(attributes.shape), elements(inputs[0])
    if not attributes.shape:
        yield Problem("out-of-range", "a shape needs at least one size", "shape")
    elif wanted != given:
        yield Problem(
            "shape-mismatch",
            f"{show(inputs[0])} holds {given} numbers, {show(attributes.shape)} would hold"
            f" {wanted}",
            "shape",
            input=0,
            help="choose sizes with the same product; the batch axis is not among them",
        )


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return (tuple(attributes.shape),)


def reference(call: Call) -> tuple[Array, ...]:
    return (call.inputs[0].reshape(len(call.inputs[0]), *call.attributes.shape),)


OP = Op(
    name="reshape",
    family="structure",
    summary="The same numbers, in the same order, under other sizes.",
    doc=(
        "Numbers are counted in the order of the axes, channels running fastest, and laid out anew"
        " in that order; none is moved, added or lost.\n\n"
        "Shapes: any to `shape`, which has the same product and does not name the batch axis."
    ),
    source="Harris et al. (2020), Array programming with NumPy.",
    attributes=(Attribute("shape", "sizes", "the new sizes, channels last", minimum=1),),
    check=check,
    shape=shape,
    reference=reference,
    examples=(
        Example("reshape([4, 4, 3])", ((48,),), (4, 4, 3)),
        Example("reshape([15, 2])", ((5, 3, 2),), (15, 2)),
        Example("reshape([2, 3, 4, 5])", ((6, 20),), (2, 3, 4, 5)),
        Example("reshape([24])", ((2, 3, 4),), (24,)),
    ),
    keeps_sign=True,
)
