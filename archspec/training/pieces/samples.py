"""What all parts of data have in common."""

from __future__ import annotations

from typing import Any

import numpy as np

from archspec.training.pieces.order import consecutive, training_batches


class Samples:
    """Samples with their targets; `rows` are those of them that belong to this part.

    A batch depends on the numbers of its samples, the epoch and the seed alone, so that any
    worker can make it at any time.
    """

    def __init__(self, samples: Any, targets: Any, rows: np.ndarray, training: bool) -> None:
        self.samples = samples
        self.targets = targets
        self.rows = rows
        self.training = training

    def __len__(self) -> int:
        return len(self.rows)

    def batches(self, epoch: int = 0) -> list[np.ndarray]:
        """The numbers of the samples in each batch of an epoch."""
        if self.training:
            return training_batches(len(self), epoch)
        return consecutive(np.arange(len(self)))
