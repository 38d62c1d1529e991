"""Which small gradients are rounding, and which are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from archspec.verification.inside import Inside
from archspec.verification.kinds import compare32, compare64


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


@pytest.mark.parametrize(
    ("kind", "left", "size", "equal"),
    [
        ("outputs", 1e-16, 1.0, True),
        ("outputs", 1e-13, 1.0, False),
        ("weight_gradients", 7e-13, 130.0, True),
        ("weight_gradients", 7e-13, 1.0, False),
    ],
)
def test_what_is_small_is_judged_by_the_values_inside(
    kind: str, left: float, size: float, equal: bool
) -> None:
    """A network in which all cancels has nothing else to be judged by."""
    sides = Gradients(only=left), Gradients(only=0.0)
    assert (not compare64(kind, ["only"], *sides, Inside(size)).over) == equal


@pytest.mark.parametrize(
    ("narrow", "cells", "equal"), [(-1.4e-6, 144, True), (-1.4e-6, 1, False), (1e-3, 144, False)]
)
def test_what_is_zero_in_float64_is_judged_by_the_values_inside(
    narrow: float, cells: int, equal: bool
) -> None:
    """Where all gradients are zero, float32 makes of them what rounding adds up to."""
    nothing, little = Gradients(only=0.0), Gradients(only=narrow)
    given = ["only"], (nothing, nothing), (little, nothing), list, Inside(1.0, cells)
    assert (not compare32("weight_gradients", *given).over) == equal


def test_rounding_of_one_side_alone_is_no_excuse() -> None:
    wide, exact = Gradients(only=1.0), Gradients(only=1.0 + 1e-7)
    rough = Gradients(only=1.0 + 4e-4)
    steady, jumping = Gradients(only=1.0 + 1e-6), Gradients(only=1.0 + 3e-4)

    def over(*moved: Gradients) -> bool:
        pairs = [(one, wide) for one in moved]
        given = ["only"], (exact, wide), (rough, wide), lambda: pairs
        return bool(compare32("weight_gradients", *given).over)

    assert over(steady)
    assert not over(steady, jumping)


@pytest.mark.parametrize(
    ("largest", "off", "equal"), [(1.0, 3e-2, True), (1e-4, 3e-2, False), (1e3, 2.0, False)]
)
def test_what_is_left_of_large_terms_has_their_rounding(
    largest: float, off: float, equal: bool
) -> None:
    """That one side comes nearer to a sum of terms that cancel is luck, but not at any distance."""
    wide = Gradients(kernel=largest, scale=1e-4)
    near = Gradients(kernel=largest, scale=1e-4 * (1 + 1e-6))
    far = Gradients(kernel=largest, scale=1e-4 * (1 + off))
    given = ["kernel", "scale"], (near, wide), (far, wide), list
    assert (not compare32("weight_gradients", *given).over) == equal
