"""Metrics of generated scripts against the definitions in the records, over several batches."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import keras_cases
import torch_cases

from archspec.recipes import Recipe
from archspec.recipes.monitored import labels

OPTIMIZER = "optimizer: sgd(learning_rate=0.1)\nvalidation: 0.5\n"
BY_CLASS = "[accuracy, top_k(2), precision, recall, f1, auc, mean_squared_error]"
ONE_BY_ONE = "[accuracy(threshold=0.3), precision, recall, f1, auc, mean_absolute_error]"
CASES = [
    ("categorical_crossentropy(label_smoothing=0.1)", " -> softmax", BY_CLASS),
    ("sparse_categorical_crossentropy", " -> softmax", "[accuracy, top_k(2), f1, auc]"),
    ("kl_divergence", " -> softmax", "[accuracy, mean_absolute_error]"),
    ("categorical_crossentropy(logits=true)", "", "[accuracy, auc, mean_squared_error]"),
    ("binary_crossentropy", " -> sigmoid", ONE_BY_ONE),
    ("hinge", "", "[accuracy, precision(threshold=0.2), mean_squared_error]"),
    ("mean_squared_error", "", "[mean_squared_error, mean_absolute_error]"),
]
SAMPLES, BATCH = 11, 4
"""So the last batch is smaller than the others."""


def drawn(recipe: Recipe) -> tuple[Any, Any]:
    """Outputs, and targets of which one class never occurs and is never found."""
    random = np.random.default_rng(0)
    outputs = random.normal(size=(SAMPLES, 3)).astype(np.float32)
    outputs[:, 2] -= 5
    match recipe.losses[0].record.targets:
        case "labels" | "classes":
            return outputs, random.integers(0, 2, SAMPLES)
        case "bits":
            bits = random.integers(0, 2, (SAMPLES, 3)).astype(np.float32)
            bits[:, 2] = 0
            return outputs, bits
    return outputs, random.normal(size=(SAMPLES, 3)).astype(np.float32)


def defined(recipe: Recipe, outputs: Any, targets: Any) -> dict[str, float]:
    """What the records say, of probabilities where the metric is about answers."""
    kind = recipe.losses[0].record
    found = {}
    for name, choice in labels(recipe.metrics).items():
        given = outputs
        if kind.ending == "softmax":
            given = np.exp(outputs) / np.exp(outputs).sum(axis=1, keepdims=True)
        elif kind.ending or (choice.record.needs == "classes" and kind.targets == "bits"):
            given = 1 / (1 + np.exp(-outputs))
        found[name] = choice.record.value(choice.attributes, given, targets)
    return found


@pytest.mark.filterwarnings("ignore:No (positive|negative) samples:UserWarning")
@pytest.mark.parametrize(("loss", "ending", "metrics"), CASES)
def test_metrics_of_pytorch(loss: str, ending: str, metrics: str, tmp_path: Path) -> None:
    import torch

    settings = f"{OPTIMIZER}loss: {loss}\nmetrics: {metrics}"
    graph, recipe = torch_cases.linear(settings, tmp_path, ending)
    outputs, targets = drawn(recipe)
    script = torch_cases.Backend().training.steps(graph, recipe, "float32")._script
    module = script.Training(torch.nn.Identity())
    module.log = module.log_dict = lambda *_, **__: None
    for start in range(0, SAMPLES, BATCH):
        part = slice(start, start + BATCH)
        batch = torch.from_numpy(outputs[part]), torch.from_numpy(targets[part]), 1.0
        module.validation_step(batch, 0)
    found = {}
    for name, group in module.named_children():
        if name.startswith("validation_metrics"):
            found |= {key: float(one) for key, one in group.compute().items()}
    wanted = defined(recipe, outputs, targets)
    expected = {f"validation_{name}": pytest.approx(one, abs=1e-6) for name, one in wanted.items()}
    assert found == expected


@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
@pytest.mark.parametrize(("loss", "ending", "metrics"), CASES)
def test_metrics_of_keras(loss: str, ending: str, metrics: str, tmp_path: Path) -> None:
    settings = f"{OPTIMIZER}loss: {loss}\nmetrics: {metrics}"
    graph, recipe = keras_cases.linear(settings, tmp_path, ending)
    outputs, targets = drawn(recipe)
    steps = keras_cases.Backend().training.steps(graph, recipe, "float32")
    steps.load({"dense.kernel": np.eye(5, 3), "dense.bias": np.zeros(3)})
    samples = ([SAMPLES],) if "auc" in metrics else ()
    model = steps._script.ready(steps._model.native, 1, *samples)
    inputs = np.concatenate([outputs, np.zeros((SAMPLES, 2), np.float32)], axis=1)
    given = steps._script.wanted(targets) if hasattr(steps._script, "wanted") else targets
    found = model.evaluate(inputs, given, batch_size=BATCH, return_dict=True, verbose=0)
    del found["loss"]
    wanted = defined(recipe, outputs, targets)
    assert found == {name: pytest.approx(one, abs=1e-6) for name, one in wanted.items()}


def test_a_loss_that_is_no_number_is_not_left_out_of_its_mean(tmp_path: Path) -> None:
    import torch

    graph, recipe = torch_cases.linear(f"{OPTIMIZER}loss: mean_squared_error", tmp_path, "")
    script = torch_cases.Backend().training.steps(graph, recipe, "float32")._script
    module = script.Training(torch.nn.Identity())
    module.log = module.log_dict = lambda *_, **__: None
    for value in (1.0, float("nan")):
        module.validation_step((torch.full((2, 3), value), torch.zeros(2, 3), 1.0), 0)
    assert torch.isnan(module.validation_mean_loss.compute())
