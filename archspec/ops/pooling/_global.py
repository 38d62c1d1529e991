"""What the global poolings share."""

from __future__ import annotations

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Call, Shapes

KEEP = Attribute("keep", "bool", "whether spatial axes stay, with size 1", default=False)


def global_shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    """The channels; before them, with `keep`, a 1 for each spatial axis."""
    *sizes, channels = inputs[0]
    return ((*((1,) * len(sizes) if attributes.keep else ()), channels),)


def spatial_axes(call: Call) -> tuple[int, ...]:
    """The axes to reduce, the batch axis being 0."""
    return tuple(range(1, call.inputs[0].ndim - 1))
