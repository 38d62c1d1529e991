"""Mirrored images."""

from __future__ import annotations

import numpy as np


def flip(image: np.ndarray, random: np.random.Generator, direction: str) -> np.ndarray:
    """Every second image mirrored."""
    if random.random() >= 0.5:
        return image
    return image[:, ::-1] if direction == "horizontal" else image[::-1]
