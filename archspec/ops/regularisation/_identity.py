"""What ops share that change values in training only."""

from __future__ import annotations

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Shapes


def same_shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    """The output has the shape of the input."""
    return (inputs[0],)


def identity(call: Call) -> tuple[Array, ...]:
    """What the op computes where its randomness is switched off: nothing."""
    return (call.inputs[0],)


def rate(doc: str) -> Attribute:
    """The chance with which something is dropped, at least 0 and less than 1."""
    return Attribute(
        "rate",
        "float",
        doc,
        minimum=0,
        exclusive_maximum=1,
        strict="what is kept is divided by 1 - rate, so with 1 nothing would be left to learn from",
    )
