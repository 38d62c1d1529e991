"""The digits of scikit-learn."""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_digits


def read_digits() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Pictures of 8 x 8 numbers from 0 to 16, the digits, and their names."""
    digits = load_digits()
    images = digits.images[..., None].astype(np.float32)
    return images, digits.target.astype(np.int64), [str(name) for name in digits.target_names]
