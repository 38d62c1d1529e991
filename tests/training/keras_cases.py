"""Networks with recipes, and the steps of their generated Keras scripts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import archspec
from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.recipes import Recipe
from archspec.recipes.rates import rate_at
from archspec.training.logits import logits
from archspec_keras.backend import Backend

sys.path.insert(0, str(Path(__file__).parent))

from test_torch_steps import differentiated, drawn, updated

NETWORK = "network linear {{ input x[5]  dense(3){ending} }}\n"


def compiled(text: str, folder: Path) -> tuple[Graph, Recipe, Report]:
    """The network on logits, its recipe, and what Keras refuses of them."""
    file = folder / "model.arch"
    file.write_text(text)
    found = archspec.load(file)
    assert found.check() == (), [one.message for one in found.diagnostics]
    graph, recipe = found.graph(), found.recipe()
    assert graph is not None
    assert recipe is not None
    assert found.program is not None
    report = Report()
    trained = logits(found.program, graph, report)
    assert trained is not None
    Backend().training.refusals(trained, recipe, report)
    return trained, recipe, report


def linear(settings: str, folder: Path, ending: str = " -> softmax") -> tuple[Graph, Recipe]:
    """The linear network with these settings."""
    needed = {"loss": "categorical_crossentropy", "epochs": "5", "batch_size": "4"}
    lines = [f"{key}: {value}" for key, value in needed.items() if f"{key}:" not in settings]
    train = "\n".join(["train linear {", *lines, *settings.splitlines(), "}"])
    graph, recipe, report = compiled(NETWORK.format(ending=ending) + train, folder)
    assert not report.diagnostics
    return graph, recipe


def script(graph: Graph, recipe: Recipe) -> dict[str, str]:
    """All files of a training but the data's."""
    generated = Backend().generate(graph)
    return {**generated.files, **Backend().training.script(graph, recipe, generated, "data")}


def follow(graph: Graph, recipe: Recipe, many: int, per_epoch: int = 10) -> None:
    """Take steps by the script and by the records, each from its own weights, and compare."""
    random = np.random.default_rng(0)
    weights: Any = {name: random.normal(size=one.shape) for name, one in graph.weights.items()}
    steps = Backend().training.steps(graph, recipe, "float64")
    steps.load(weights)
    optimizer = recipe.optimizer.record
    state = {
        name: optimizer.begin(recipe.optimizer.attributes, one) for name, one in weights.items()
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
