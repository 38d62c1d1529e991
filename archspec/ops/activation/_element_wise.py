"""What element-wise ops share."""

from __future__ import annotations

from archspec.dimensions import Shape
from archspec.ops.attributes import Attributes
from archspec.ops.op import Shapes


def same_shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    """The output has the shape of the (first) input."""
    return (inputs[0],)
