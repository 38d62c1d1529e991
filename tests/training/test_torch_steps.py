"""Steps of generated PyTorch scripts against the definitions in the records, in float64."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from torch_cases import linear, of_digits

from archspec.lowering.decayed import decayed
from archspec.lowering.targets import targets_of
from archspec.recipes import Recipe
from archspec.recipes.rates import rate_at

STEPS = 50
PER_EPOCH = 10
DROP = "schedule: piecewise(epochs=[2], values=[0.1, 0.01])\n"

OPTIMIZERS = [
    "sgd()",
    "sgd(momentum=0.9)",
    "sgd(momentum=0.9, nesterov=true)",
    "adam(epsilon=0.001)",
    "nadam(beta_2=0.99)",
    "rmsprop()",
    "rmsprop(momentum=0.5, rho=0.8)",
    "adagrad(initial_accumulator=0.1)",
    "adadelta(rho=0.9)",
]
DECAYS = [
    "l2(0.1, on=kernels)",
    "decoupled(0.1, on=all)",
    "[l2(0.1, on=kernels), decoupled(0.2, on=kernels)]",
]
SCHEDULES = [
    "constant",
    "step(epochs=2, factor=0.1)",
    "exponential(factor=0.5, epochs=2)",
    "polynomial(end=0.01, power=2)",
    "cosine(epochs=3, end=0.001)",
    "warmup(2, then=cosine)",
    "warmup(1)",
    "exponential(factor=0.94)",
    "warmup(1, start=0.1, then=step(epochs=2))",
    "warmup(2, then=reduce_on_plateau(monitor=loss))",
]
LOSSES = {
    "categorical_crossentropy(label_smoothing=0.1)": " -> softmax",
    "sparse_categorical_crossentropy": " -> softmax",
    "kl_divergence(weight=2.0)": " -> softmax",
    "binary_crossentropy(label_smoothing=0.2)": " -> sigmoid",
    "mean_squared_error": "",
    "mean_absolute_error": "",
    "hinge": "",
}
OF_CLASSES = ["categorical_crossentropy(label_smoothing=0.1)", "kl_divergence(weight=2.0)"]

CASES = [
    *(f"optimizer: {one}\n{DROP}" for one in OPTIMIZERS),
    *(
        f"optimizer: {optimizer}\nweight_decay: {decay}\n{DROP}"
        for optimizer in ("sgd(momentum=0.9)", "rmsprop()", "adagrad()", "nadam()")
        for decay in DECAYS
    ),
    f"optimizer: sgd(learning_rate=0.1)\nweight_decay: {DECAYS[1]}",
    f"optimizer: adam()\nweight_decay: {DECAYS[0]}\n{DROP}",
    f"optimizer: adamw()\nweight_decay: {DECAYS[1]}\n{DROP}",
    *(
        f"optimizer: adam()\nclip: {clip}\nweight_decay: l2(0.1, on=all)\n{DROP}"
        for clip in ("global_norm(0.2)", "norm(0.1)", "value(0.05)")
    ),
    *(
        f"optimizer: sgd(learning_rate=0.1, momentum=0.9)\nschedule: {schedule}"
        for schedule in SCHEDULES
    ),
]


@pytest.mark.parametrize("settings", CASES)
def test_steps_are_those_of_the_records(settings: str, tmp_path: Path) -> None:
    follow(*linear(settings, tmp_path))


@pytest.mark.parametrize("loss", LOSSES)
def test_losses_are_those_of_the_records(loss: str, tmp_path: Path) -> None:
    follow(*linear(f"loss: {loss}\noptimizer: sgd(momentum=0.9)\n{DROP}", tmp_path, LOSSES[loss]))


@pytest.mark.parametrize("loss", OF_CLASSES)
def test_numbers_of_classes_are_distributions_that_are_sure(loss: str, tmp_path: Path) -> None:
    graph, recipe = linear(f"loss: {loss}\noptimizer: sgd(momentum=0.9)\n{DROP}", tmp_path)
    follow(graph, of_digits(recipe))


def follow(graph: Any, recipe: Recipe) -> None:
    """Take the steps in both ways, each from its own weights, and compare everything."""
    from archspec_torch.backend import Backend

    random = np.random.default_rng(0)
    weights = {name: random.normal(size=one.shape) for name, one in graph.weights.items()}
    steps = Backend().training.steps(graph, recipe, "float64")
    steps.load(weights)
    state = {
        name: recipe.optimizer.record.begin(recipe.optimizer.attributes, one)
        for name, one in weights.items()
    }
    for step in range(STEPS):
        inputs = random.normal(size=(4, 5))
        targets = drawn(graph, recipe, random)
        found = steps.step({"x": inputs}, targets, PER_EPOCH)
        loss, gradients = differentiated(graph, recipe, weights, inputs, targets)
        rate = rate_at(recipe, step, PER_EPOCH)
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
