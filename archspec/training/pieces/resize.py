"""Images of another size."""

from __future__ import annotations

import numpy as np
from PIL import Image

BILINEAR = Image.Resampling.BILINEAR


def resize(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """The image in another size; every new pixel is a mean of those that it covers."""
    if image.ndim == 4:
        return np.stack([resize(one, height, width) for one in image])
    if image.shape[:2] == (height, width):
        return image
    result = np.empty((height, width, image.shape[2]), np.float32)
    for channel in range(image.shape[2]):
        plane = Image.fromarray(np.ascontiguousarray(image[..., channel]))
        result[..., channel] = np.asarray(plane.resize((width, height), BILINEAR))
    return result


def resize_nearest(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """The image in another size; every new pixel is the one in which its middle lies."""
    old_height, old_width = image.shape[-3:-1]
    rows = (np.arange(height) + 0.5) * old_height / height
    columns = (np.arange(width) + 0.5) * old_width / width
    return image[..., rows.astype(int)[:, None], columns.astype(int), :]
