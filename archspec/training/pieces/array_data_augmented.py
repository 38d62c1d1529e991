"""Samples that are rows of an array, and that change from epoch to epoch."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.augmented import augmented
from archspec.training.pieces.checks import check_shape
from archspec.training.pieces.samples import Samples
from archspec.training.pieces.slots import INPUT, crop, prepare


class Data(Samples):
    """One part of the data: rows of arrays."""

    def batch(self, indices: np.ndarray, epoch: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """The samples with those numbers as float32, channels last, and their targets."""
        rows = self.rows[indices]
        images = prepare(self.samples[rows].astype(np.float32))
        images = augmented(images, indices, epoch) if self.training else crop(images)
        check_shape(images.shape[1:], INPUT)
        return images, self.targets[rows]
