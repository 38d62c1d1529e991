"""Images of another size."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.sparse import csr_array, eye_array, kron


def resize(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """The image in another size; every new pixel is a mean of those that it covers."""
    if image.ndim == 4:
        return np.stack([resize(one, height, width) for one in image])
    old_height, old_width, channels = image.shape
    if (old_height, old_width) == (height, width):
        return image
    rows = shares(old_height, height) @ image.reshape(old_height, -1)
    columns = shares(old_width, width, channels) @ rows.T
    return np.ascontiguousarray(columns.T).reshape(height, width, channels)


@lru_cache(maxsize=1000)
def shares(old: int, new: int, channels: int = 1) -> csr_array:
    """What each new pixel takes of each old one: triangles as wide as the larger of both."""
    middles = (np.arange(new) + 0.5) * old / new
    away = np.abs(np.arange(old) + 0.5 - middles[:, None])
    found = np.maximum(1 - away / max(old / new, 1), 0)
    found = (found / found.sum(axis=1, keepdims=True)).astype(np.float32)
    return csr_array(kron(found, eye_array(channels, dtype=np.float32)))


def resize_nearest(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """The image in another size; every new pixel is the one in which its middle lies."""
    old_height, old_width = image.shape[-3:-1]
    rows = (np.arange(height) + 0.5) * old_height / height
    columns = (np.arange(width) + 0.5) * old_width / width
    return image[..., rows.astype(int)[:, None], columns.astype(int), :]
