"""What geometric augmentations share: what lies outside, and how a sample is read along a map."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array, Shape

FILL = Attribute(
    "fill",
    "choice",
    "what lies outside: the nearest pixel, the image mirrored at its edge, the image again, or"
    " a constant",
    default="nearest",
    choices=("nearest", "reflect", "wrap", "constant"),
)
VALUE = Attribute("value", "float", "the number outside, with `fill=constant`", default=0.0)
TOGETHER = (
    " Neighbouring geometric augmentations with the same `fill` and `value` are put together, the"
    " first of them applied first, and the image is interpolated once, bilinearly, around its"
    " middle."
)


def same(attributes: Attributes, shape: Shape) -> Shape:
    """The shape stays."""
    return shape


def inside(index: Array, size: int, fill: str) -> Array:
    """The place in the sample that stands for one outside, on one axis.

    `scipy.ndimage` calls the fills nearest, reflect, grid-wrap and grid-constant, `numpy.pad`
    edge, symmetric, wrap and constant.
    """
    import numpy as np

    if fill == "wrap":
        found: Array = index % size
        return found
    if fill == "reflect":
        turned = index % (2 * size)
        found = np.where(turned < size, turned, 2 * size - 1 - turned)
        return found
    found = np.clip(index, 0, size - 1)
    return found


def read(sample: Array, matrix: Array, fill: str, value: float) -> Array:
    """The sample read along the map, bilinearly; what NumPy does, and decides."""
    import numpy as np

    height, width = sample.shape[:2]
    middle = np.array([(height - 1) / 2, (width - 1) / 2])
    grid = np.indices((height, width)).reshape(2, -1) - middle[:, None]
    places = matrix[:2, :2] @ grid + matrix[:2, 2:] + middle[:, None]
    first = np.floor(places).astype(int)
    part = places - first
    found = np.zeros((height * width, sample.shape[2]))
    for down in (0, 1):
        for right in (0, 1):
            row, column = first[0] + down, first[1] + right
            share = np.abs(1 - down - part[0]) * np.abs(1 - right - part[1])
            found += share[:, None] * at(sample, row, column, fill, value)
    return found.reshape(sample.shape).astype(sample.dtype)


def at(sample: Array, row: Array, column: Array, fill: str, value: float) -> Array:
    """The pixels at places that may lie outside."""
    import numpy as np

    height, width = sample.shape[:2]
    found: Array = sample[inside(row, height, fill), inside(column, width, fill)]
    if fill == "constant":
        out = (row < 0) | (row >= height) | (column < 0) | (column >= width)
        found = np.where(out[..., None], value, found)
    return found
