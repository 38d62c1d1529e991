"""Numbers in another unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def rescale(image: np.ndarray, factor: float, offset: float = 0.0) -> np.ndarray:
    """Every number times the factor, plus the offset."""
    return image * np.float32(factor) + np.float32(offset)


def normalize(image: np.ndarray, mean: Sequence[float], std: Sequence[float]) -> np.ndarray:
    """Every channel minus its mean, divided by its standard deviation."""
    return (image - np.asarray(mean, np.float32)) / np.asarray(std, np.float32)
