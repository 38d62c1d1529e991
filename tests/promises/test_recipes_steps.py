"""What optimizers, plateaus, bounds and weight decay do, step by step, as their papers say."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from archspec.ops.attribute import REQUIRED
from archspec.ops.attributes import Attributes
from archspec.recipes import registry
from archspec.recipes.record import Optimizer, Schedule


def of_kind(kind: str) -> list[Any]:
    return [registry.find(kind, name) for name in registry.names(kind)]


def attributes(kind: str, name: str, **given: Any) -> Attributes:
    record = registry.find(kind, name)
    assert record is not None
    values = {one.name: one.default for one in record.attributes} | given
    assert REQUIRED not in values.values()
    return Attributes(values)


def steps(name: str, gradients: list[float], rate: list[float], **given: Any) -> list[float]:
    record = registry.find("optimizers", name)
    assert isinstance(record, Optimizer)
    a, weight = attributes("optimizers", name, learning_rate=rate[0], **given), np.array([1.0])
    state, found = record.begin(a, weight), []
    for gradient, one in zip(gradients, rate, strict=True):
        weight = record.update(a, state, weight, np.array([gradient]), one)
        found.append(float(weight[0]))
    return found


def test_momentum_has_the_rate_inside() -> None:
    # After the drop of the rate the old velocity goes on at its old size.
    first, second = steps("sgd", [2.0, 2.0], [0.1, 0.01], momentum=0.9)
    assert math.isclose(first, 1 - 0.2)
    assert math.isclose(second, first - 0.9 * 0.2 - 0.02)
    ahead = steps("sgd", [2.0, 2.0], [0.1, 0.01], momentum=0.9, nesterov=True)
    assert math.isclose(ahead[0], 1 - 0.9 * 0.2 - 0.2)
    assert math.isclose(ahead[1], ahead[0] - 0.9 * (0.9 * 0.2 + 0.02) - 0.02)


def test_the_first_two_steps_of_adam() -> None:
    first, second = steps("adam", [3.0, -1.0], [0.1, 0.1], epsilon=0.5)
    # The corrections make the first step g / (|g| + epsilon), whatever the betas.
    assert math.isclose(first, 1 - 0.1 * 3 / 3.5)
    mean = (0.9 * 0.1 * 3 - 0.1) / (1 - 0.81)
    square = (0.999 * 0.001 * 9 + 0.001) / (1 - 0.999**2)
    assert math.isclose(second, first - 0.1 * mean / (math.sqrt(square) + 0.5))
    assert steps("adamw", [3.0, -1.0], [0.1, 0.1], epsilon=0.5) == [first, second]


def test_the_first_two_steps_of_nadam() -> None:
    mu = [0.9 * (1 - 0.5 * 0.96**t) for t in (1, 2, 3)]
    first, second = steps("nadam", [3.0, -1.0], [0.1, 0.1], epsilon=0.5)
    ahead = mu[1] * 0.3 / (1 - mu[0] * mu[1]) + 3
    assert math.isclose(first, 1 - 0.1 * ahead / 3.5)
    mean, product = 0.9 * 0.3 - 0.1, mu[0] * mu[1]
    ahead = mu[2] * mean / (1 - product * mu[2]) - (1 - mu[1]) / (1 - product)
    square = (0.999 * 0.001 * 9 + 0.001) / (1 - 0.999**2)
    assert math.isclose(second, first - 0.1 * ahead / (math.sqrt(square) + 0.5))


def test_the_first_two_steps_of_those_that_divide_by_squares() -> None:
    first, second = steps("rmsprop", [3.0, -1.0], [0.1, 0.01], momentum=0.5, epsilon=0.25)
    velocity = 0.1 * 3 / math.sqrt(0.9 + 0.25)
    assert math.isclose(first, 1 - velocity)
    velocity = 0.5 * velocity - 0.01 / math.sqrt(0.9 * 0.9 + 0.1 + 0.25)
    assert math.isclose(second, first - velocity)
    first, second = steps("adagrad", [3.0, -1.0], [0.1, 0.1], initial_accumulator=7.0, epsilon=0.5)
    assert math.isclose(first, 1 - 0.1 * 3 / 4.5)
    assert math.isclose(second, first + 0.1 / (math.sqrt(17) + 0.5))
    first, second = steps("adadelta", [3.0, -1.0], [1.0, 0.5], epsilon=0.25)
    step = 3 * math.sqrt(0.25) / math.sqrt(0.45 + 0.25)
    assert math.isclose(first, 1 - step)
    scale = math.sqrt(0.05 * step**2 + 0.25) / math.sqrt(0.95 * 0.45 + 0.05 + 0.25)
    assert math.isclose(second, first + 0.5 * scale)


@pytest.mark.parametrize("optimizer", of_kind("optimizers"), ids=lambda one: one.name)
def test_optimizers_go_down_a_bowl(optimizer: Optimizer) -> None:
    a = attributes("optimizers", optimizer.name, learning_rate=1.0)
    weight = np.array([3.0, -2.0])
    state, before = optimizer.begin(a, weight), float((weight**2).sum())
    for _ in range(200):
        weight = optimizer.update(a, state, weight, 2 * weight, 0.05)
    assert float((weight**2).sum()) < before
    # Each weight is by itself, and none is changed in place.
    assert optimizer.begin(a, weight).keys() == state.keys()


def plateau(values: list[float], better: Any = "lower", **given: Any) -> list[float]:
    record = registry.find("schedules", "reduce_on_plateau")
    assert isinstance(record, Schedule)
    assert record.react is not None
    a = attributes("schedules", "reduce_on_plateau", factor=0.5, **given)
    state: dict[str, Any] = {}
    rate, found = 1.0, []
    for value in values:
        rate = record.react(a, state, rate, value, better)
        found.append(rate)
    return found


def test_a_plateau_by_the_rule_of_keras() -> None:
    # Patience 2: the second epoch without anything better drops the rate.
    assert plateau([5, 5, 5, 5, 5], patience=2) == [1, 1, 0.5, 0.5, 0.25]
    # An epoch that cools down does not wait; the second wait begins after it.
    assert plateau([5, 5, 5, 5, 5], patience=1, cooldown=2) == [1, 0.5, 0.5, 0.25, 0.25]
    # Exactly the least change is no change; what is no number is no better.
    assert plateau([5, 4, 3], patience=1, minimum_change=1.0) == [1, 0.5, 0.5]
    assert plateau([5, math.nan, 4], patience=1) == [1, 0.5, 0.5]
    assert plateau([0.1, 0.2, 0.2], better="higher", patience=1) == [1, 1, 0.5]
    assert plateau([5, 5, 5], patience=1, minimum=0.4) == [1, 0.5, 0.4]


def test_patience_ends_a_training() -> None:
    record: Any = registry.find("stopping", "patience")
    state: dict[str, Any] = {}
    a = attributes("stopping", "patience", patience=2)
    found = [record.stop(a, state, value, "lower") for value in (3, 2, 2, 1, 2, 1)]
    assert found == [False, False, False, False, False, True]


def test_clips() -> None:
    gradients = {"a": np.array([3.0, 0.0]), "b": np.array([[-4.0]])}
    found: dict[str, Any] = {}
    for name in registry.names("clips"):
        record: Any = registry.find("clips", name)
        found[name] = record.clip(Attributes({"limit": 2.0}), gradients)
        kept = record.clip(Attributes({"limit": 100.0}), gradients)
        assert all(np.array_equal(kept[one], gradients[one]) for one in gradients)
    assert np.allclose(found["global_norm"]["b"], -1.6)
    assert np.allclose(found["norm"]["a"], [2, 0])
    assert np.allclose(found["value"]["b"], -2)


def test_decay_in_its_two_forms() -> None:
    weight, a = np.array([3.0, -2.0]), Attributes({"rate": 0.1})
    l2: Any = registry.find("decays", "l2")
    apart: Any = registry.find("decays", "decoupled")
    assert math.isclose(l2.loss(a, weight), 0.05 * 13)
    assert np.allclose(l2.gradient(a, weight), 0.1 * weight)
    assert np.allclose(apart.shrink(a, weight, 0.5), 0.05 * weight)
    assert not l2.shrink(a, weight, 0.5).any()
    assert not apart.gradient(a, weight).any()
    assert apart.loss(a, weight) == 0
