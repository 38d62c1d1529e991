"""zoom: images larger or smaller than they are."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.augment._geometry import FILL, TOGETHER, VALUE, same
from archspec.recipes.record import Array, Augment, Generator, Shape


def matrix(attributes: Attributes, generator: Generator, shape: Shape) -> Array:
    import numpy as np

    down = generator.uniform(1 - attributes.amount, 1 + attributes.amount)
    right = generator.uniform(1 - attributes.amount, 1 + attributes.amount)
    return np.array([[down, 0, 0], [0, right, 0], [0, 0, 1]])


PART = Augment(
    name="zoom",
    kind="augment",
    summary="Images shrunk or stretched, height and width each by a random factor.",
    doc=(
        "Two factors are drawn evenly from 1 - amount to 1 + amount, first for the height, then for"
        " the width: place (row, column) of the result is read at (row * factor, column * factor),"
        " so a factor under 1 makes things larger. This is the zoom of Keras' ImageDataGenerator."
        + TOGETHER
    ),
    source="Simard et al. (2003), Best practices for convolutional neural networks, 2.",
    attributes=(
        Attribute("amount", "float", "greatest difference from 1", minimum=0, exclusive_maximum=1),
        FILL,
        VALUE,
    ),
    example="augment: [zoom(0.2)]",
    matrix=matrix,
    shape=same,
)
