"""Initial values are refused where another distribution made them, and only there."""

from __future__ import annotations

import pytest

from archspec.ir.graph import Weight
from archspec.ops.initializer import Initializer
from archspec.verification.beginnings import wrongly_started
from archspec.weights.initial import draw


def weight(*shape: int) -> Weight:
    fans = (shape[-2], shape[-1])
    return Weight("kernel", "kernel", shape, Initializer("he_normal", ()), fans, True)


@pytest.mark.parametrize("shape", [(1, 1), (4, 3), (32, 64)])
def test_values_of_the_same_distribution_pass(shape: tuple[int, ...]) -> None:
    one = weight(*shape)
    assert not any(wrongly_started(one, draw(one, seed)) for seed in range(100, 105))


def test_values_of_another_scale_are_told() -> None:
    one = weight(32, 64)
    assert "standard deviation" in wrongly_started(one, draw(one, 100) / 2**0.5)
