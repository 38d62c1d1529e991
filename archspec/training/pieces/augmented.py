"""A batch of augmented samples."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.slots import SEED, augment


def augmented(images: np.ndarray, indices: np.ndarray, epoch: int) -> np.ndarray:
    """Each image changed at random, by its number and the epoch."""
    generators = [np.random.default_rng([SEED, epoch, int(index)]) for index in indices]
    return np.stack([augment(*pair) for pair in zip(images, generators, strict=True)])
