"""Samples that are read one by one, and that change from epoch to epoch."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.checks import check_shape
from archspec.training.pieces.samples import Samples
from archspec.training.pieces.slots import INPUT, SEED, augment, crop, prepare, read


class Data(Samples):
    """One part of the data: samples that are read when they are needed."""

    def batch(self, indices: np.ndarray, epoch: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """The samples with those numbers as float32, channels last, and their targets."""
        images = [self.image(int(index), epoch) for index in indices]
        return np.stack(images), self.targets[self.rows[indices]]

    def image(self, index: int, epoch: int) -> np.ndarray:
        """One sample as the network takes it."""
        image = prepare(read(self.samples[int(self.rows[index])]))
        random = np.random.default_rng([SEED, epoch, index])
        image = augment(image, random) if self.training else crop(image)
        check_shape(image.shape, INPUT)
        return image
