"""shear: images whose rows are moved against each other."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.augment._geometry import FILL, TOGETHER, VALUE, same
from archspec.recipes.record import Array, Augment, Generator, Shape


def matrix(attributes: Attributes, generator: Generator, shape: Shape) -> Array:
    import numpy as np

    angle = generator.uniform(-attributes.angle, attributes.angle)
    return np.array([[1, -np.sin(angle), 0], [0, np.cos(angle), 0], [0, 0, 1]])


PART = Augment(
    name="shear",
    kind="augment",
    summary="Images sheared by a random angle.",
    doc=(
        "The angle is drawn evenly from -angle to angle, in radians: place (row, column) of the"
        " result is read at (row - column * sin, column * cos). This is the shear of Keras'"
        " ImageDataGenerator, whose newer versions take degrees." + TOGETHER
    ),
    source="Simard et al. (2003), Best practices for convolutional neural networks, 2.",
    attributes=(
        Attribute("angle", "float", "greatest angle", minimum=0, maximum=1.5, unit="radians"),
        FILL,
        VALUE,
    ),
    example="augment: [shear(0.2)]",
    matrix=matrix,
    shape=same,
)
