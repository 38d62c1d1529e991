"""Image files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from archspec.training.pieces.errors import DataError
from archspec.training.pieces.slots import INPUT

MODES = {1: "L", 3: "RGB", 4: "RGBA"}
"""What Pillow calls grey, colours, and colours with transparency."""


def read_image(path: Path, channels: int = INPUT[-1]) -> np.ndarray:
    """The pixels of a file, from 0 to 255."""
    try:
        with Image.open(path) as image:
            return pixels(image, channels)
    except Exception as error:  # Decoders raise whatever a damaged file leads them to.
        raise DataError(f"{path} cannot be read as an image: {error}") from error


def pixels(image: Image.Image, channels: int = INPUT[-1]) -> np.ndarray:
    """The pixels of an image of Pillow."""
    if image.mode.startswith(("I", "F")):
        raise DataError(f"pixels of mode {image.mode} do not go from 0 to 255")
    if "transparency" in image.info:
        image = image.convert("RGBA")
    array = np.asarray(image.convert(MODES[channels]), np.float32)
    return array if array.ndim == 3 else array[..., None]
