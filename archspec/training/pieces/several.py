"""One array or several."""

from __future__ import annotations

import numpy as np

Arrays = np.ndarray | tuple[np.ndarray, ...]


def one_or_all(arrays: tuple[np.ndarray, ...]) -> Arrays:
    """The only array, or all of them."""
    return arrays if len(arrays) > 1 else arrays[0]
