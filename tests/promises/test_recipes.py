"""What every part of a recipe promises; what optimizers do step by step is beside this."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import archspec
from archspec.ops.attribute import REQUIRED
from archspec.ops.attributes import Attributes
from archspec.recipes import Choice, Recipe, registry
from archspec.recipes.monitored import better
from archspec.recipes.rates import rate_at, reacting
from archspec.recipes.record import Augment, Loss, Metric, Part, Preprocess
from archspec.recipes.stored import from_json

PARTS = [
    pytest.param(registry.find(kind, name), id=f"{kind}: {name}")
    for kind in registry.kinds()
    for name in registry.names(kind)
]

ENDINGS = {"softmax": "dense(10) -> softmax", "sigmoid": "dense(10) -> sigmoid", None: "dense(10)"}

USUAL = {
    "loss": "loss: categorical_crossentropy",
    "optimizer": "optimizer: sgd(learning_rate=0.1)",
    "epochs": "epochs: 90",
    "batch_size": "batch_size: 32",
    "validation": "validation: 0.1",
}


def of_kind(kind: str) -> list[Any]:
    return [registry.find(kind, name) for name in registry.names(kind)]


def attributes(kind: str, name: str, **given: Any) -> Attributes:
    record = registry.find(kind, name)
    assert record is not None
    values = {one.name: one.default for one in record.attributes} | given
    assert REQUIRED not in values.values()
    return Attributes(values)


def recipe(folder: Path, *lines: str, ending: str | None = "softmax") -> Recipe:
    """The recipe with these settings, and the usual ones for the rest."""
    settings = USUAL | {line.partition(":")[0]: line for line in lines}
    if "validation=" in settings.get("data", ""):
        del settings["validation"]
    path = folder / "net.arch"
    path.write_text(
        f"network net {{ input image[28, 28, 3] flatten -> {ENDINGS[ending]} }}\n"
        f"train net {{ {' '.join(settings.values())} }}\n"
    )
    compilation = archspec.load(path)
    found = compilation.recipe()
    assert found is not None, [one.message for one in compilation.diagnostics]
    return found


@pytest.mark.parametrize("part", PARTS)
def test_the_example_is_a_recipe_that_can_be_stored(part: Part, tmp_path: Path) -> None:
    lines = [part.example]
    ending: str | None = "softmax"
    if isinstance(part, Loss):
        ending = part.ending
    elif isinstance(part, Metric) and part.needs == "numbers":
        lines, ending = [*lines, "loss: mean_squared_error"], None
    elif part.attribute("threshold"):
        lines, ending = [*lines, "loss: binary_crossentropy"], "sigmoid"
    elif part.attribute("monitor"):
        lines = [*lines, "metrics: accuracy"]
    elif part.name == "piecewise":
        lines = [*lines, "optimizer: sgd"]
    elif part.name == "adamw":
        lines = [*lines, "weight_decay: decoupled(0.01, on=all)"]
    found = recipe(tmp_path, *lines, ending=ending)
    stored = json.dumps(found.json())
    assert f'"name": "{part.name}"' in stored
    assert from_json(json.loads(stored)).json() == found.json()
    for attribute in part.attributes:
        assert attribute.default is REQUIRED or attribute.default_value(2) is not REQUIRED


def drawn_targets(loss: Loss, shape: tuple[int, ...], random: np.random.Generator) -> Any:
    if loss.targets == "labels":
        return random.integers(shape[-1], size=shape[:-1])
    if loss.targets == "bits":
        return random.integers(2, size=shape).astype(float)
    found = random.uniform(0.1, 1, shape)
    return found / found.sum(axis=-1, keepdims=True) if loss.targets == "classes" else found


@pytest.mark.parametrize("loss", of_kind("losses"), ids=lambda one: one.name)
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 5)])
def test_gradients_of_losses_are_those_of_their_values(loss: Loss, shape: tuple[int, ...]) -> None:
    random = np.random.default_rng(1)
    given = {"label_smoothing": 0.1} if loss.attribute("label_smoothing") else {}
    a = attributes("losses", loss.name, **given)
    at, targets = random.normal(size=shape) * 2, drawn_targets(loss, shape, random)
    made = loss.gradient(a, at, targets)
    for place in np.ndindex(shape):
        step = np.zeros(shape)
        step[place] = 1e-6
        slope = (loss.value(a, at + step, targets) - loss.value(a, at - step, targets)) / 2e-6
        assert math.isclose(made[place], slope, rel_tol=1e-6, abs_tol=1e-9)


@pytest.mark.parametrize("loss", of_kind("losses"), ids=lambda one: one.name)
def test_a_loss_is_the_mean_over_the_samples(loss: Loss) -> None:
    random = np.random.default_rng(2)
    a, at = attributes("losses", loss.name), random.normal(size=(5, 3)) * 40
    targets = drawn_targets(loss, (5, 3), random)
    each = [loss.value(a, at[one : one + 1], targets[one : one + 1]) for one in range(5)]
    assert math.isclose(loss.value(a, at, targets), sum(each) / 5, rel_tol=1e-12)
    assert np.isfinite(loss.value(a, at * 100, targets))


def test_smoothed_targets_are_those_of_the_paper() -> None:
    a = attributes("losses", "categorical_crossentropy", label_smoothing=0.3)
    loss = registry.find("losses", "categorical_crossentropy")
    assert isinstance(loss, Loss)
    logits, target = np.array([[1.0, 2.0, 0.5]]), np.array([[0.0, 1.0, 0.0]])
    probabilities = np.exp(logits) / np.exp(logits).sum()
    wanted = -(0.1 * np.log(probabilities).sum() + 0.7 * math.log(probabilities[0, 1]))
    assert math.isclose(loss.value(a, logits, target), wanted, rel_tol=1e-12)


RATES: dict[str, dict[float, float]] = {
    "constant": {0: 0.1, 89: 0.1},
    "piecewise(epochs=[2, 5], values=[0.1, 0.02, 0.01])": {1.75: 0.1, 2: 0.02, 4.75: 0.02, 5: 0.01},
    "step(epochs=30, factor=0.5)": {29.75: 0.1, 30: 0.05, 60: 0.025},
    "exponential(factor=0.25, epochs=2)": {0: 0.1, 1: 0.05, 2: 0.025, 0.5: 0.1 * 0.25**0.25},
    "polynomial(end=0.02, power=2)": {0: 0.1, 45: 0.02 + 0.08 / 4, 90: 0.02},
    "polynomial(epochs=10)": {5: 0.05, 10: 0, 80: 0},
    "cosine": {0: 0.1, 30: 0.075, 45: 0.05, 90: 0},
    "cosine(epochs=60, end=0.02)": {30: 0.06, 60: 0.02, 89: 0.02},
    "warmup(10, then=cosine)": {0: 0, 2.5: 0.025, 10: 0.1, 50: 0.05, 90: 0},
    "warmup(5, start=0.5, then=piecewise(epochs=[30], values=[0.1, 0.01]))": {
        0: 0.05,
        2.5: 0.075,
        5: 0.1,
        34.75: 0.1,
        35: 0.01,
    },
    "warmup(2, then=warmup(4, start=0.5, then=reduce_on_plateau))": {
        0: 0,
        2: 0.05,
        4: 0.075,
        6: 0.1,
    },
}


@pytest.mark.parametrize("schedule", RATES)
def test_rates_are_those_of_the_closed_form(schedule: str, tmp_path: Path) -> None:
    found = recipe(tmp_path, f"schedule: {schedule}")
    for epoch, wanted in RATES[schedule].items():
        assert math.isclose(rate_at(found, round(epoch * 4), 4), wanted, abs_tol=1e-15), epoch


def test_every_schedule_has_known_rates() -> None:
    assert set(registry.names("schedules")) <= set(re.findall(r"\w+", " ".join(RATES)))


def test_what_waits_on_results(tmp_path: Path) -> None:
    found = recipe(tmp_path, "schedule: warmup(3, then=reduce_on_plateau)", "metrics: [f1]")
    waiting = reacting(found)
    assert waiting is not None
    assert (waiting[0].name, waiting[1]) == ("reduce_on_plateau", 3)
    measured = {one.name: one for one in found.metrics}
    assert better("validation_f1", measured) == "higher"
    assert better("loss", measured) == "lower"
    assert better("accuracy", measured) is None


def measured(name: str, outputs: Any, targets: Any, **given: Any) -> float:
    record = registry.find("metrics", name)
    assert isinstance(record, Metric)
    a = attributes("metrics", name, **given)
    return record.value(a, np.array(outputs), np.array(targets))


def test_metrics_of_classes() -> None:
    outputs = [[0.7, 0.2, 0.1], [0.4, 0.5, 0.1], [0.1, 0.6, 0.3], [0.8, 0.1, 0.1]]
    labels = [0, 0, 1, 2]
    assert measured("accuracy", outputs, labels) == 0.5
    assert measured("top_k", outputs, labels, k=2) == 1.0
    # Right of found: 1 / 2, 1 / 2, 0 / 0; right of there: 1 / 2, 1, 0.
    assert math.isclose(measured("precision", outputs, labels), (0.5 + 0.5 + 0) / 3)
    assert math.isclose(measured("recall", outputs, labels), (0.5 + 1 + 0) / 3)
    assert math.isclose(measured("f1", outputs, labels), (0.5 + 2 / 3 + 0) / 3)
    areas = [1 / 2, 1, 1 / 3]
    assert math.isclose(measured("auc", outputs, labels), sum(areas) / 3)


def test_metrics_of_answers() -> None:
    outputs, bits = [[0.9], [0.5], [0.6], [0.2]], [[1], [1], [0], [0]]
    assert measured("accuracy", outputs, bits, threshold=0.5) == 0.5
    assert measured("recall", outputs, bits, threshold=0.4) == 1.0
    assert math.isclose(measured("precision", outputs, bits, threshold=0.4), 2 / 3)
    assert measured("auc", outputs, bits) == 0.75
    assert measured("auc", [[0.5], [0.5]], [[0], [1]]) == 0.5


def test_samples_are_resized_as_pillow_does() -> None:
    from PIL import Image

    record: Any = registry.find("preprocess", "resize")
    sample = np.random.default_rng(3).uniform(size=(9, 7, 1)).astype("float32")
    for height, width in ((28, 21), (4, 3), (9, 30)):
        a = attributes("preprocess", "resize", height=height, width=width)
        image = Image.fromarray(sample[..., 0]).resize((width, height), Image.Resampling.BILINEAR)
        assert np.allclose(record.apply(a, sample)[..., 0], np.asarray(image), atol=1e-6)
        assert record.shape(a, sample.shape) == (height, width, 1)


@pytest.mark.parametrize(
    "part", [*of_kind("preprocess"), *of_kind("augment")], ids=lambda p: p.name
)
def test_samples_have_the_shape_that_is_told(part: Preprocess | Augment, tmp_path: Path) -> None:
    found = recipe(tmp_path, part.example)
    choice: Choice = (*found.preprocess, *found.augment)[-1]
    random = np.random.default_rng(4)
    sample = random.uniform(size=(30, 32, 3)).astype("float32")
    if isinstance(part, Preprocess):
        made = part.apply(choice.attributes, sample)
    elif part.apply is not None:
        made = part.apply(choice.attributes, random, sample)
    else:
        from archspec.recipes.augment._geometry import read

        assert part.matrix is not None
        matrix = part.matrix(choice.attributes, random, sample.shape)
        made = read(sample, matrix, choice.attributes.fill, choice.attributes.value)
        assert np.array_equal(read(sample, np.eye(3), "wrap", 0.0), sample)
    assert made.shape == part.shape(choice.attributes, sample.shape)
    assert made.dtype == sample.dtype


def test_the_external_form_has_the_same_recipe(tmp_path: Path) -> None:
    from archspec.diagnostics import Report
    from archspec.frontends.dsl.parser import parse
    from archspec.frontends.external.writer import to_json
    from archspec.source import SourceText

    decay = "weight_decay: l2(1e-4 * half, on=all, layers=[dense, stage[0].conv])"
    schedule = "schedule: warmup(3, then=step(epochs=2 * 5))"
    text = (
        "let half = 1 / 2\n"
        "network net { input image[8, 8, 3] for i in range(2) { stage: conv(3, 1) -> relu }"
        " flatten dense: dense(10) -> softmax }\n"
        f"train net {{ {' '.join([*USUAL.values(), schedule, decay])} }}\n"
    )
    written, external = tmp_path / "net.arch", tmp_path / "net.json"
    written.write_text(text)
    external.write_text(to_json(parse(SourceText("net.arch", text), Report())))
    found = [archspec.load(one).recipe("net") for one in (written, external)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].json() == found[1].json()


def test_a_template_s_section_is_about_all_its_variants(tmp_path: Path) -> None:
    settings = "loss: mean_squared_error optimizer: sgd(learning_rate={}) batch_size: 8 epochs: 1"
    lines = [
        "network base(width: int) {\n  input x[4]\n  dense(width)\n}",
        "network small = base(2)\nnetwork same = small\nnetwork own = base(3)\nnetwork last = own",
        f"train base {{ {settings.format(0.1)} }}",
        f"train own {{ {settings.format(0.2)} }}",
    ]
    path = tmp_path / "model.arch"
    path.write_text("\n".join(lines))
    found = {}
    for name in ("small", "same", "own", "last"):
        recipe = archspec.load(path).recipe(name)
        assert recipe is not None
        found[recipe.network] = recipe.optimizer.attributes.learning_rate
    assert found == {"small": 0.1, "same": 0.1, "own": 0.2, "last": 0.1}
