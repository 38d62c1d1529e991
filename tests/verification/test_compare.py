"""Which small gradients are rounding, and which are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from archspec.verification.kinds import compare64


class Gradients:
    """The gradients of one side."""

    def __init__(self, **tensors: float) -> None:
        self._tensors = {name: np.array([value]) for name, value in tensors.items()}

    def names(self, kind: str) -> set[str]:
        return set(self._tensors)

    def get(self, kind: str, name: str) -> Any:
        return self._tensors.get(name)

    def all(self, kind: str) -> dict[str, Any]:
        return self._tensors


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [(4e-15, -4e-15, True), (1e-7, 1e-7 * (1 + 1e-5), False), (1e-9, 0.0, False)],
)
def test_gradients_that_are_zero_but_for_rounding_are_equal(
    left: float, right: float, equal: bool
) -> None:
    """Rounding is judged by the largest gradient, real ones by themselves."""
    names = ["kernel", "bias"]
    sides = Gradients(kernel=1.0, bias=left), Gradients(kernel=1.0, bias=right)
    assert (not compare64("weight_gradients", names, *sides).over) == equal
