"""Targets that are distributions over classes."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.checks import class_numbers, show
from archspec.training.pieces.errors import DataError


class OneHot:
    """Numbers of classes; what is taken out of it are distributions that are sure of them."""

    def __init__(self, labels: np.ndarray, classes: int) -> None:
        self.labels = labels
        self.classes = classes

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, rows: np.ndarray) -> np.ndarray:
        labels = self.labels[rows][..., None]
        found = np.zeros((*labels.shape[:-1], self.classes), np.float32)
        np.put_along_axis(found, labels, 1, axis=-1)
        return found


def distributions(targets: np.ndarray, shape: tuple[int, ...]) -> np.ndarray | OneHot:
    """Distributions over classes with the shape of the output, or numbers of classes for them."""
    *places, classes = shape
    if targets.shape[1:] in (tuple(places), (*places, 1)):
        return OneHot(class_numbers(targets, shape), classes)
    if targets.shape[1:] != shape:
        number = show(tuple(places)) if places else "one number"
        wanted = f"{number} for classes, {show(shape)} for distributions"
        raise DataError(f"targets are {show(targets.shape[1:])}, the network needs {wanted}")
    if not len(targets):
        raise DataError("there are no samples")
    if targets.dtype.kind not in "biuf":
        raise DataError(f"the targets are {targets.dtype}, not probabilities")
    return probabilities(targets.astype(np.float64)).astype(np.float32)


def probabilities(rows: np.ndarray) -> np.ndarray:
    """Rows that are distributions up to the rounding of half precision, which is taken away."""
    with np.errstate(invalid="ignore"):
        sums = rows.sum(axis=-1, keepdims=True)
    for wrong, words in (
        (~np.isfinite(rows), "has a number that is not finite"),
        (rows < 0, "has a negative number"),
        (abs(sums - 1) > 1e-3, "sums to {:g}, not to 1"),
    ):
        if wrong.any():
            *first, _ = np.argwhere(wrong)[0].tolist()
            row = ", ".join(map(str, first))
            raise DataError(f"row {row} of the targets {words.format(*sums[tuple(first)])}")
    found: np.ndarray = rows / sums
    return found
