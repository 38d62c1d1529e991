"""random_crop: a piece of the image, from a random place."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.augment._geometry import FILL, VALUE, at
from archspec.recipes.record import Array, Augment, Generator, Shape


def apply(attributes: Attributes, generator: Generator, sample: Array) -> Array:
    import numpy as np

    a = attributes
    top = int(generator.integers(sample.shape[0] + 2 * a.padding - a.height + 1)) - a.padding
    left = int(generator.integers(sample.shape[1] + 2 * a.padding - a.width + 1)) - a.padding
    row, column = np.arange(top, top + a.height), np.arange(left, left + a.width)
    return at(sample, row[:, None], column[None, :], a.fill, a.value).astype(sample.dtype)


def shape(attributes: Attributes, shape: Shape) -> Shape:
    return (attributes.height, attributes.width, *shape[2:])


PART = Augment(
    name="random_crop",
    kind="augment",
    summary="A piece of the image, from a random place.",
    doc=(
        "`padding` pixels are added on each side, then a piece of that height and width is taken"
        " from a place that is drawn evenly, first its row, then its column. In validation and"
        " prediction the piece from the middle is taken, without padding, the upper and the left"
        " one of two."
    ),
    source="Krizhevsky et al. (2012), 4.1; with padding: He et al. (2016), Deep residual, 4.2.",
    attributes=(
        Attribute("height", "int", "height of the piece", minimum=1, unit="pixels"),
        Attribute("width", "int", "width of the piece", minimum=1, unit="pixels"),
        Attribute(
            "padding", "int", "pixels added on each side first", default=0, minimum=0, unit="pixels"
        ),
        FILL,
        VALUE,
    ),
    example="augment: [random_crop(24, 24, padding=4)]",
    apply=apply,
    shape=shape,
)
