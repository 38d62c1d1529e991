"""Trainings of the linear network by the records, and by the steps of a back end, in float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from archspec.ir import Graph
from archspec.lowering.decayed import decayed
from archspec.lowering.targets import targets_of
from archspec.lowering.trainer import Trainer
from archspec.recipes import Recipe
from archspec.recipes.rates import rate_at


def follow(
    training: Trainer, graph: Graph, recipe: Recipe, many: int = 50, per_epoch: int = 10
) -> None:
    """Take the steps in both ways, each from its own weights, and compare everything."""
    random = np.random.default_rng(0)
    weights: Any = {name: random.normal(size=one.shape) for name, one in graph.weights.items()}
    steps = training.steps(graph, recipe, "float64")
    steps.load(weights)
    optimizer = recipe.optimizer
    state = {
        name: optimizer.record.begin(optimizer.attributes, one) for name, one in weights.items()
    }
    for step in range(many):
        inputs = random.normal(size=(4, 5))
        targets = drawn(graph, recipe, random)
        found = steps.step({"x": inputs}, targets, per_epoch)
        loss, gradients = differentiated(graph, recipe, weights, inputs, targets)
        rate = rate_at(recipe, step, per_epoch)
        weights = updated(graph, recipe, state, weights, gradients, rate)
        assert found.rate == pytest.approx(rate, rel=1e-12)
        assert found.loss == pytest.approx(loss, rel=1e-12)
        for name, weight in weights.items():
            np.testing.assert_allclose(
                found.gradients[name], gradients[name], rtol=1e-9, atol=1e-12
            )
            error = np.linalg.norm(found.weights[name] - weight) / np.linalg.norm(weight)
            assert error <= 1e-12, f"{name} after step {step}"


def drawn(graph: Any, recipe: Recipe, random: np.random.Generator) -> Any:
    match targets_of(recipe.losses[0].record, recipe, graph):
        case "labels" | "classes":
            return random.integers(0, 3, size=4)
        case "distributions":
            return np.concatenate([np.eye(3)[:1], random.dirichlet(np.ones(3), size=3)])
        case "bits":
            return random.integers(0, 2, size=(4, 3)).astype(float)
    return random.normal(size=(4, 3))


def differentiated(graph: Any, recipe: Recipe, weights: Any, inputs: Any, targets: Any) -> Any:
    """The loss of the linear network with its l2 terms, and its gradients."""
    loss = recipe.losses[0]
    if loss.record.targets == "classes" and targets.ndim == 1:
        targets = np.eye(3)[targets]
    outputs = inputs @ weights["dense.kernel"] + weights["dense.bias"]
    value = loss.attributes.weight * loss.record.value(loss.attributes, outputs, targets)
    slope = loss.attributes.weight * loss.record.gradient(loss.attributes, outputs, targets)
    gradients = {"dense.kernel": inputs.T @ slope, "dense.bias": slope.sum(axis=0)}
    for choice in recipe.weight_decay:
        for name in decayed(graph, choice):
            value += choice.record.loss(choice.attributes, weights[name])
            gradients[name] = gradients[name] + choice.record.gradient(
                choice.attributes, weights[name]
            )
    return value, gradients


def updated(
    graph: Any, recipe: Recipe, state: Any, weights: Any, gradients: Any, rate: float
) -> Any:
    """The weights after a step of the record's optimizer."""
    optimizer = recipe.optimizer
    if recipe.clip is not None:
        gradients = recipe.clip.record.clip(recipe.clip.attributes, gradients)
    made = {
        name: optimizer.record.update(
            optimizer.attributes, state[name], weight, gradients[name], rate
        )
        for name, weight in weights.items()
    }
    for choice in recipe.weight_decay:
        for name in decayed(graph, choice):
            made[name] = made[name] - choice.record.shrink(choice.attributes, weights[name], rate)
    return made
