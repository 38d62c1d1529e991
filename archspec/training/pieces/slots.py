"""What a recipe decides. A generated data.py has its own in place of these."""

from __future__ import annotations

from typing import Any

import numpy as np

INPUT: tuple[int, ...] = (8, 8, 1)
INPUTS: tuple[tuple[int, ...], ...] = ((8, 8, 1), (8, 8, 1))
BATCH_SIZE = 32
ACCUMULATE = 1
SEED = 0


def prepare(image: np.ndarray) -> np.ndarray:
    """What is done to every sample."""
    return image


def augment(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """What is done to samples in training."""
    return image


def crop(image: np.ndarray) -> np.ndarray:
    """What is done to samples outside of training instead."""
    return image


def read(sample: Any) -> np.ndarray:
    """A sample as float32 numbers, channels last."""
    return np.asarray(sample, np.float32)
