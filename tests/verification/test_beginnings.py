"""Initial values are refused where another distribution made them, and only there."""

from __future__ import annotations

import numpy as np
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


def test_a_large_weight_is_told_by_some_of_its_values() -> None:
    one = weight(2048, 1024)
    assert not wrongly_started(one, draw(one, 100))
    partly = draw(one, 100)
    partly[-40:] = 0.0
    assert "standard deviation" in wrongly_started(one, partly)


def test_a_value_that_is_not_finite_is_told_wherever_it_is() -> None:
    one = weight(2048, 1024)
    values = draw(one, 100)
    values[-1, -1] = float("nan")
    assert wrongly_started(one, values) == "values are not finite"


@pytest.mark.parametrize(("value", "wrong"), [(0.5, ""), (0.25, "values differ from 0.5")])
def test_a_constant_is_compared_with_each_value(value: float, wrong: str) -> None:
    one = Weight("bias", "bias", (3,), Initializer("constant", (0.5,)), (1, 1), True)
    assert wrongly_started(one, np.array([0.5, value, 0.5], "float32")) == wrong
