"""rotation: images turned around their middle."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.augment._geometry import FILL, TOGETHER, VALUE, same
from archspec.recipes.record import Array, Augment, Generator, Shape


def matrix(attributes: Attributes, generator: Generator, shape: Shape) -> Array:
    import numpy as np

    angle = np.deg2rad(generator.uniform(-attributes.degrees, attributes.degrees))
    sine, cosine = np.sin(angle), np.cos(angle)
    return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])


PART = Augment(
    name="rotation",
    kind="augment",
    summary="Images turned by a random angle.",
    doc=(
        "The angle is drawn evenly from -degrees to degrees: place (row, column) of the result is"
        " read at (row * cos - column * sin, row * sin + column * cos)." + TOGETHER
    ),
    source="Simard et al. (2003), Best practices for convolutional neural networks, 2.",
    attributes=(
        Attribute("degrees", "float", "greatest angle", minimum=0, maximum=180, unit="degrees"),
        FILL,
        VALUE,
    ),
    example="augment: [rotation(40)]",
    matrix=matrix,
    shape=same,
)
