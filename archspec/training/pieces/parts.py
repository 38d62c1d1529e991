"""What `load` gives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from archspec.training.pieces.array_data import Data


class Splits(NamedTuple):
    """The parts of the data, and the names of the classes in the order of their numbers."""

    train: Data
    validation: Data | None
    classes: list[str]


def checked(splits: Splits) -> Splits:
    """The parts, after a look at the first sample of each."""
    for part in (splits.train, splits.validation):
        if part is not None:
            part.batch(np.arange(1))
    return splits
