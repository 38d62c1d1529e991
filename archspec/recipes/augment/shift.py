"""shift: images moved."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.augment._geometry import FILL, TOGETHER, VALUE, same
from archspec.recipes.record import Array, Augment, Generator, Shape


def matrix(attributes: Attributes, generator: Generator, shape: Shape) -> Array:
    import numpy as np

    down = generator.uniform(-attributes.height, attributes.height) * shape[0]
    right = generator.uniform(-attributes.width, attributes.width) * shape[1]
    return np.array([[1, 0, down], [0, 1, right], [0, 0, 1]])


PART = Augment(
    name="shift",
    kind="augment",
    summary="Images moved by random parts of their height and width.",
    doc=(
        "Two parts are drawn evenly, first from -height to height, then from -width to width; place"
        " (row, column) of the result is read at (row + part * height of the image, column + part *"
        " width of the image)." + TOGETHER
    ),
    source="Simard et al. (2003), Best practices for convolutional neural networks, 2.",
    attributes=(
        Attribute("height", "float", "greatest part of the height", minimum=0, maximum=1),
        Attribute("width", "float", "greatest part of the width", minimum=0, maximum=1),
        FILL,
        VALUE,
    ),
    example="augment: [shift(0.2, 0.2)]",
    matrix=matrix,
    shape=same,
)
