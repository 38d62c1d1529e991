"""Numbers that let no mistake hide, for models of either framework.

Kernels keep the size of values from layer to layer. Running statistics start at those of a batch
and are then moved away from them, each element by another amount: far below or above them an
offset or a mean would be too small beside the values to be seen.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def image(size: int, channels: int = 3, count: int = 4) -> Array:
    """Samples with a mean far from 0, (N, H, W, C)."""
    return np.random.default_rng(1).normal(0.3, 1.0, (count, size, size, channels)).astype("f4")


class Draw:
    """Draws the values of one tensor after the other."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(0)

    def kernel(self, shape: tuple[int, ...], fan_in: int) -> Array:
        return self.random.normal(0.0, (2.0 / fan_in) ** 0.5, shape).astype("f4")

    def offset(self, shape: tuple[int, ...]) -> Array:
        signs = self.random.choice([-1.0, 1.0], shape)
        return (self.random.uniform(0.1, 0.5, shape) * signs).astype("f4")

    def scale(self, shape: tuple[int, ...]) -> Array:
        return self.random.uniform(0.7, 1.4, shape).astype("f4")

    def moved(self, mean: Array, variance: Array) -> tuple[Array, Array]:
        """Running statistics away from those of the batch."""
        low = float(variance.mean()) * 1e-3 + 1e-6
        wide = np.maximum(variance, low)
        new = mean + wide**0.5 * self.offset(mean.shape)
        return new.astype("f4"), (wide * self.scale(mean.shape)).astype("f4")


def sized(logits: Array) -> float:
    """What the last kernel is divided by, so that probabilities are neither equal nor 0 and 1."""
    return float(logits.std())
