"""Images that are turned, moved, sheared and zoomed around their middle.

Each map says where a pixel of the result is read in the image, as (row, column, 1) from the middle.
"""

from __future__ import annotations

from functools import reduce

import numpy as np
from scipy import ndimage

FILLS = {
    "nearest": "nearest",
    "reflect": "reflect",
    "wrap": "grid-wrap",
    "constant": "grid-constant",
}
"""What lies outside of an image, in the words of SciPy."""


def rotation(random: np.random.Generator, degrees: float) -> np.ndarray:
    """A turn by an angle from -degrees to degrees."""
    angle = np.deg2rad(random.uniform(-degrees, degrees))
    sine, cosine = np.sin(angle), np.cos(angle)
    return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])


def shift(
    random: np.random.Generator, image: np.ndarray, height: float, width: float
) -> np.ndarray:
    """A move by parts of the height and the width."""
    down = random.uniform(-height, height) * image.shape[0]
    right = random.uniform(-width, width) * image.shape[1]
    return np.array([[1, 0, down], [0, 1, right], [0, 0, 1]])


def shear(random: np.random.Generator, angle: float) -> np.ndarray:
    """A shear by an angle from -angle to angle, in radians."""
    angle = random.uniform(-angle, angle)
    return np.array([[1, -np.sin(angle), 0], [0, np.cos(angle), 0], [0, 0, 1]])


def zoom(random: np.random.Generator, amount: float) -> np.ndarray:
    """A stretch of the height and of the width, by factors from 1 - amount to 1 + amount."""
    down = random.uniform(1 - amount, 1 + amount)
    right = random.uniform(1 - amount, 1 + amount)
    return np.array([[down, 0, 0], [0, right, 0], [0, 0, 1]])


def warp(
    image: np.ndarray, *maps: np.ndarray, fill: str = "nearest", value: float = 0.0
) -> np.ndarray:
    """The image after all maps in their order, interpolated once."""
    matrix = reduce(np.matmul, maps)
    middle = (np.array(image.shape[:2]) - 1) / 2
    offset = matrix[:2, 2] + middle - matrix[:2, :2] @ middle
    result = np.empty_like(image)
    for channel in range(image.shape[2]):
        ndimage.affine_transform(
            image[..., channel],
            matrix[:2, :2],
            offset,
            output=result[..., channel],
            order=1,
            mode=FILLS[fill],
            cval=value,
        )
    return result
