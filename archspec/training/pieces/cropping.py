"""Pieces of images."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.errors import DataError


def random_crop(
    image: np.ndarray,
    random: np.random.Generator,
    height: int,
    width: int,
    padding: int = 0,
    fill: str = "nearest",
    value: float = 0.0,
) -> np.ndarray:
    """A piece from a random place of the padded image."""
    if padding:
        image = padded(image, padding, fill, value)
    if image.shape[0] < height or image.shape[1] < width:
        raise DataError(f"no piece of {height} x {width} fits into {image.shape[:2]} pixels")
    top = int(random.integers(image.shape[0] - height + 1))
    left = int(random.integers(image.shape[1] - width + 1))
    return image[top : top + height, left : left + width]


def padded(image: np.ndarray, padding: int, fill: str, value: float) -> np.ndarray:
    """The image with pixels on every side."""
    pads = ((padding, padding), (padding, padding), (0, 0))
    if fill == "nearest":
        return np.pad(image, pads, mode="edge")
    if fill == "reflect":
        return np.pad(image, pads, mode="symmetric")
    if fill == "wrap":
        return np.pad(image, pads, mode="wrap")
    return np.pad(image, pads, constant_values=value)


def center_crop(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """The piece in the middle."""
    top = (image.shape[-3] - height) // 2
    left = (image.shape[-2] - width) // 2
    return image[..., top : top + height, left : left + width, :]
