"""resize: images of another size."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array, Preprocess, Shape


def weights(size: int, wanted: int) -> Array:
    """What each place of the result takes from each of the sample: triangles, as (wanted, size)."""
    import numpy as np

    scale = size / wanted
    support = max(scale, 1.0)
    middles = (np.arange(wanted) + 0.5) * scale
    away = np.abs(np.arange(size) + 0.5 - middles[:, None]) / support
    shares = np.maximum(1 - away, 0)
    found: Array = shares / shares.sum(axis=1, keepdims=True)
    return found


def apply(attributes: Attributes, sample: Array) -> Array:
    import numpy as np

    height, width = attributes.height, attributes.width
    if attributes.interpolation == "nearest":
        rows = (np.arange(height) + 0.5) * sample.shape[0] / height
        columns = (np.arange(width) + 0.5) * sample.shape[1] / width
        found: Array = sample[rows.astype(int)][:, columns.astype(int)]
        return found
    rows, columns = weights(sample.shape[0], height), weights(sample.shape[1], width)
    found = np.einsum("ab,cd,bde->ace", rows, columns, sample, optimize=True).astype(sample.dtype)
    return found


def shape(attributes: Attributes, shape: Shape) -> Shape:
    return (attributes.height, attributes.width, *shape[2:])


PART = Preprocess(
    name="resize",
    kind="preprocess",
    summary="Images of another height and width.",
    doc=(
        "Pixels are squares, and the edges of the image stay where they are. `bilinear` weights the"
        " pixels by triangles, which are as wide as the larger of an old and a new pixel on each"
        " side, so that a smaller image is a mean and not a choice; it is what Pillow does."
        " `nearest` takes the pixel in which the new one's middle lies. The shape need not keep"
        " its proportions."
    ),
    source="Heckbert (1989), Fundamentals of texture mapping and image warping, 3.5.",
    attributes=(
        Attribute("height", "int", "new height", minimum=1, maximum=65536, unit="pixels"),
        Attribute("width", "int", "new width", minimum=1, maximum=65536, unit="pixels"),
        Attribute(
            "interpolation",
            "choice",
            "how pixels are made",
            default="bilinear",
            choices=("bilinear", "nearest"),
        ),
    ),
    example="preprocess: [resize(28, 28)]",
    apply=apply,
    shape=shape,
)
