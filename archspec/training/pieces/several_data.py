"""Samples with several inputs or targets, which are rows of arrays."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.checks import check_shape
from archspec.training.pieces.samples import Samples
from archspec.training.pieces.several import Arrays, one_or_all
from archspec.training.pieces.slots import INPUTS, prepare


class Data(Samples):
    """One part of the data: rows of several arrays."""

    def batch(self, indices: np.ndarray, epoch: int = 0) -> tuple[Arrays, Arrays]:
        """The samples with those numbers as float32, channels last, and their targets.

        Several inputs or targets are a tuple.
        """
        rows = self.rows[indices]
        inputs = tuple(prepare(array[rows].astype(np.float32)) for array in self.samples)
        targets = tuple(array[rows] for array in self.targets)
        for array, shape in zip(inputs, INPUTS, strict=True):
            check_shape(array.shape[1:], shape)
        return one_or_all(inputs), one_or_all(targets)
