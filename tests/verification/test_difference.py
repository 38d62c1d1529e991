"""How far two tensors are apart, and what no number can tell."""

from __future__ import annotations

import numpy as np
import pytest

from archspec.verification.compare import INFINITE, difference

NAN = float("nan")


@pytest.mark.parametrize(
    ("left", "right", "relative", "index"),
    [
        ([1.0, -4.0], [1.0, -3.0], 0.25, (1,)),
        ([[1.0, 2.0]], [[1.0, 1.5]], 0.25, (0, 1)),
        (1.0, 1.5, 1 / 3, ()),
        ([0.0], [0.0], 0.0, (0,)),
        ([], [], 0.0, ()),
    ],
)
def test_the_largest_difference_is_relative_to_the_largest_number(
    left: object, right: object, relative: float, index: tuple[int, ...]
) -> None:
    found = difference(np.array(left), np.array(right, dtype="float32"))
    assert (found.relative, found.index) == (pytest.approx(relative), index)


@pytest.mark.parametrize(
    ("left", "right", "index", "words"),
    [
        ([1.0, NAN], [1.0, 2.0], 1, "1 NaN against all finite, at 1 of 2 places on one side"),
        ([INFINITE, 1.0], [INFINITE, 2.0], 0, "1 inf against 1 inf, on both sides"),
        ([-INFINITE, 1.0], [1.0, 1.0], 0, "1 -inf against all finite, at 1 of 2 places"),
        ([NAN, NAN], [NAN, 1.0], 1, "2 NaN against 1 NaN, at 1 of 2 places on one side"),
    ],
)
def test_what_is_not_finite_is_equal_to_nothing(
    left: list[float], right: list[float], index: int, words: str
) -> None:
    found = difference(np.array(left), np.array(right))
    assert (found.relative, found.index) == (INFINITE, (index,))
    assert words in found.why


def test_a_floor_makes_what_is_small_next_to_it_small() -> None:
    assert difference(np.array([1e-9]), np.array([2e-9]), floor=1.0).relative == 1e-9


@pytest.mark.parametrize("other", [None, np.zeros((3, 2))])
def test_another_shape_or_none_is_told(other: np.ndarray | None) -> None:
    found = difference(np.zeros((2, 3)), other)
    assert found.relative == INFINITE
    assert found.why
