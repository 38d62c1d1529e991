"""Samples with several inputs or targets, which change from epoch to epoch."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.augmented import augmented
from archspec.training.pieces.checks import check_shape
from archspec.training.pieces.samples import Samples
from archspec.training.pieces.several import Arrays, one_or_all
from archspec.training.pieces.slots import INPUTS, crop, prepare


class Data(Samples):
    """One part of the data: rows of several arrays."""

    def batch(self, indices: np.ndarray, epoch: int = 0) -> tuple[Arrays, Arrays]:
        """The samples with those numbers as float32, channels last, and their targets.

        Several inputs or targets are a tuple; all inputs of a sample are changed alike.
        """
        rows = self.rows[indices]
        inputs = tuple(self.inputs(array[rows], indices, epoch) for array in self.samples)
        targets = tuple(array[rows] for array in self.targets)
        for array, shape in zip(inputs, INPUTS, strict=True):
            check_shape(array.shape[1:], shape)
        return one_or_all(inputs), one_or_all(targets)

    def inputs(self, samples: np.ndarray, indices: np.ndarray, epoch: int) -> np.ndarray:
        """Samples as one of the inputs takes them."""
        images = prepare(samples.astype(np.float32))
        return augmented(images, indices, epoch) if self.training else crop(images)
