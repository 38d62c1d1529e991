"""Samples that are read one by one."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.checks import check_shape
from archspec.training.pieces.samples import Samples
from archspec.training.pieces.slots import INPUT, prepare, read


class Data(Samples):
    """One part of the data: samples that are read when they are needed."""

    def batch(self, indices: np.ndarray, epoch: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """The samples with those numbers as float32, channels last, and their targets."""
        rows = self.rows[indices]
        return np.stack([self.image(int(row)) for row in rows]), self.targets[rows]

    def image(self, row: int) -> np.ndarray:
        """One sample as the network takes it."""
        image = prepare(read(self.samples[row]))
        check_shape(image.shape, INPUT)
        return image
