"""Which samples a batch has."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.slots import BATCH_SIZE, SEED


def training_batches(count: int, epoch: int) -> list[np.ndarray]:
    """The numbers of the samples in each batch of an epoch, in random order."""
    return consecutive(np.random.default_rng([SEED, epoch]).permutation(count))


def consecutive(order: np.ndarray) -> list[np.ndarray]:
    """The numbers in pieces of the batch size; the last one may be smaller."""
    return [order[start : start + BATCH_SIZE] for start in range(0, len(order), BATCH_SIZE)]
