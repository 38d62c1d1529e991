"""rescale: numbers in another unit."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array, Preprocess, Shape


def apply(attributes: Attributes, sample: Array) -> Array:
    found: Array = (sample * attributes.factor + attributes.offset).astype(sample.dtype)
    return found


def shape(attributes: Attributes, shape: Shape) -> Shape:
    return shape


PART = Preprocess(
    name="rescale",
    kind="preprocess",
    summary="Each number times a factor, plus an offset.",
    doc="x * factor + offset. `rescale(1 / 255)` brings pixels to numbers from 0 to 1.",
    source="LeCun et al. (1998), Efficient backprop, 4.3.",
    attributes=(
        Attribute("factor", "float", "factor"),
        Attribute("offset", "float", "what is added after that", default=0.0),
    ),
    example="preprocess: [rescale(1 / 255)]",
    apply=apply,
    shape=shape,
)
