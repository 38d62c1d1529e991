"""Samples that are kept for validation."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.errors import DataError


def split(count: int, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the samples to train on, and of those that are kept for validation."""
    kept = round(count * share)
    if not 0 < kept < count:
        raise DataError(f"{share:g} of {count} samples cannot be kept for validation")
    order = np.random.default_rng(seed).permutation(count)
    return np.sort(order[kept:]), np.sort(order[:kept])
