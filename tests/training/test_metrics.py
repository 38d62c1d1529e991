"""Metrics of generated scripts against the definitions in the records, over several batches."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cases import KERAS, TORCH, Cases, of_digits

from archspec.ir import Graph
from archspec.lowering.targets import targets_of
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
NUMBERED = [
    ("categorical_crossentropy", " -> softmax", BY_CLASS),
    ("kl_divergence", " -> softmax", "[accuracy, mean_absolute_error]"),
]
"""With data that name the class of a sample."""
SAMPLES, BATCH = 11, 4
"""So the last batch is smaller than the others."""


def drawn(graph: Graph, recipe: Recipe) -> tuple[Any, Any]:
    """Outputs, and targets of which one class never occurs and is never found."""
    random = np.random.default_rng(0)
    outputs = random.normal(size=(SAMPLES, 3)).astype(np.float32)
    outputs[:, 2] -= 5
    match targets_of(recipe.losses[0].record, recipe, graph):
        case "labels" | "classes":
            return outputs, random.integers(0, 2, SAMPLES)
        case "distributions":
            return outputs, random.dirichlet((2, 2, 0.01), SAMPLES).astype(np.float32)
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
        spread = kind.targets == "classes" and targets.ndim == 2
        certain = spread and choice.record.needs != "numbers"
        wanted = targets.argmax(axis=1) if certain else targets
        found[name] = choice.record.value(choice.attributes, given, wanted)
    return found


def of(case: tuple[str, str, str], cases: Cases, folder: Path) -> tuple[Graph, Recipe]:
    """The linear network of a framework's tests with the loss and the metrics."""
    loss, ending, metrics = case
    settings = f"{OPTIMIZER}loss: {loss}\nmetrics: {metrics}"
    graph, recipe = cases.linear(settings, folder, ending)
    return graph, of_digits(recipe) if case in NUMBERED else recipe


def assert_close(found: Any, recipe: Recipe, outputs: Any, targets: Any) -> None:
    """The metrics are those of the records."""
    wanted = defined(recipe, outputs, targets)
    assert found == {name: pytest.approx(one, abs=1e-6) for name, one in wanted.items()}


@pytest.mark.filterwarnings("ignore:No (positive|negative) samples:UserWarning")
@pytest.mark.parametrize("case", [*CASES, *NUMBERED])
def test_metrics_of_pytorch(case: tuple[str, str, str], tmp_path: Path) -> None:
    graph, recipe = of(case, TORCH, tmp_path)
    outputs, targets = drawn(graph, recipe)
    assert_close(measured_in_pytorch(graph, recipe, outputs, targets), recipe, outputs, targets)


def measured_in_pytorch(graph: Graph, recipe: Recipe, outputs: Any, targets: Any) -> Any:
    """What the script's metrics say about validation data."""
    import torch

    script = TORCH.training.steps(graph, recipe, "float32")._script
    module = script.Training(torch.nn.Identity())
    module.log = module.log_dict = lambda *_, **__: None
    for start in range(0, len(outputs), BATCH):
        part = slice(start, start + BATCH)
        batch = torch.from_numpy(outputs[part]), torch.from_numpy(targets[part]), 1.0
        module.validation_step(batch, 0)
    found = {}
    for name, group in module.named_children():
        if name.startswith("validation_metrics"):
            found |= {key: float(one) for key, one in group.compute().items()}
    return {key.removeprefix("validation_"): one for key, one in found.items()}


@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
@pytest.mark.parametrize("case", [*CASES, *NUMBERED])
def test_metrics_of_keras(case: tuple[str, str, str], tmp_path: Path) -> None:
    graph, recipe = of(case, KERAS, tmp_path)
    outputs, targets = drawn(graph, recipe)
    assert_close(measured_in_keras(graph, recipe, outputs, targets), recipe, outputs, targets)


def measured_in_keras(graph: Graph, recipe: Recipe, outputs: Any, targets: Any) -> Any:
    """What `evaluate` of the script's model says."""
    steps = KERAS.training.steps(graph, recipe, "float32")
    steps.load({"dense.kernel": np.eye(5, 3), "dense.bias": np.zeros(3)})
    samples = ([len(outputs)],) if any(one.name == "auc" for one in recipe.metrics) else ()
    model = steps._script.ready(steps._model.native, 1, *samples)
    inputs = np.concatenate([outputs, np.zeros((len(outputs), 2), np.float32)], axis=1)
    given = steps._script.wanted(targets) if hasattr(steps._script, "wanted") else targets
    found = model.evaluate(inputs, given, batch_size=BATCH, return_dict=True, verbose=0)
    del found["loss"]
    return found


TIES = np.zeros((SAMPLES, 3), np.float32), np.arange(SAMPLES) % 3
"""Answers that are all the same."""

APART = np.full((SAMPLES, 3), -1, np.float32), np.zeros(SAMPLES, int)
"""Only the first batch finds the right class; the second time it is the right one always."""
APART[0][:, :2] = 0, 1
APART[0][:BATCH, :2] = 1, 0

BITS = np.full((SAMPLES, 3), 2, np.float32), np.eye(3, dtype=np.float32)[np.arange(SAMPLES) % 3]
"""Only the first batch is above one of the thresholds, and right there."""
BITS[0][BATCH:], BITS[1][:BATCH] = 0, 1

DRAWN = {
    "ties": (CASES[1], TIES),
    "alike at first": (
        ("sparse_categorical_crossentropy", " -> softmax", "[top_k(1), top_k(2)]"),
        APART,
    ),
    "thresholds": (
        ("binary_crossentropy", " -> sigmoid", "[precision(threshold=0.8), recall(threshold=0.3)]"),
        BITS,
    ),
}


@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
@pytest.mark.parametrize("name", DRAWN)
def test_metrics_stay_apart_and_equal_probabilities_count(name: str, tmp_path: Path) -> None:
    case, (outputs, targets) = DRAWN[name]
    graph, recipe = of(case, TORCH, tmp_path)
    for measured in (measured_in_pytorch, measured_in_keras):
        assert_close(measured(graph, recipe, outputs, targets), recipe, outputs, targets)


def test_a_loss_that_is_no_number_is_not_left_out_of_its_mean(tmp_path: Path) -> None:
    import torch

    graph, recipe = TORCH.linear(f"{OPTIMIZER}loss: mean_squared_error", tmp_path, "")
    script = TORCH.training.steps(graph, recipe, "float32")._script
    module = script.Training(torch.nn.Identity())
    module.log = module.log_dict = lambda *_, **__: None
    for value in (1.0, float("nan")):
        module.validation_step((torch.full((2, 3), value), torch.zeros(2, 3), 1.0), 0)
    assert torch.isnan(module.validation_mean_loss.compute())
