"""Which samples a batch has, where several batches make one step of the optimizer."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.order import consecutive
from archspec.training.pieces.slots import ACCUMULATE, SEED


def training_batches(count: int, epoch: int) -> list[np.ndarray]:
    """The numbers of the samples in each batch of an epoch, in random order.

    Batches that are too few for one more step of the optimizer are left out.
    """
    batches = consecutive(np.random.default_rng([SEED, epoch]).permutation(count))
    return batches[: len(batches) // ACCUMULATE * ACCUMULATE]
