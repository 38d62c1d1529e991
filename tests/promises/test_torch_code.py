"""Generated PyTorch code is what a PyTorch maintainer would accept."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

import archspec
from archspec.ir import Graph
from archspec.weights import perturbed
from archspec_torch import Backend
from archspec_torch.model import Model
from archspec_torch.naming import MODULE

RULES = "I,UP,ARG,B905,RUF034"
GOLDEN = Path(__file__).parents[1] / "golden" / "torch"
CODE = sorted(file for file in GOLDEN.glob("*.py") if not file.name.startswith("test_"))


def graph_of(name: str, size: int | None = None) -> Graph:
    found = archspec.load(name)
    graph = found.graph()
    assert graph is not None
    if size is not None:
        pairs = zip(graph.input_names, graph.inputs, strict=True)
        graph = found.graph(sizes={one: (size, size, value.shape[-1]) for one, value in pairs})
        assert graph is not None
    return graph


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_code_is_formatted_and_linted() -> None:
    options = ("--isolated", "--line-length", "100")
    assert run("ruff", "format", "--check", *options, *CODE) == ""
    assert run("ruff", "check", "--extend-select", RULES, *options, *CODE) == ""


def test_code_is_typed(tmp_path: Path) -> None:
    # PyTorch declares the result of every call of a module as Any.
    options = (
        "--strict",
        "--no-warn-return-any",
        "--config-file=",
        "--cache-dir=.mypy_cache/generated",
    )
    for file in CODE:
        (tmp_path / file.name).write_text(file.read_text())
    assert run("mypy", *options, *(tmp_path / file.name for file in CODE)) == ""


def test_reserved_names_are_those_of_modules() -> None:
    public = {name for name in dir(nn.Module) if not name.startswith("_")}
    assert public | {"training"} <= MODULE


def test_importing_and_generating_need_no_torch() -> None:
    program = (
        "import sys, archspec; archspec.load('unet').generate('torch');"
        " assert 'torch' not in sys.modules and 'numpy' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "size", "training"),
    [("lenet5", None, False), ("resnet18", 64, True), ("googlenet", 96, True), ("unet", 32, False)],
)
def test_compiles_without_graph_breaks(name: str, size: int | None, training: bool) -> None:
    graph = graph_of(name, size)
    native = Backend().build(graph).native.train(training)
    compiled = torch.compile(native, fullgraph=True, backend="eager")
    shapes = [(2, value.shape[-1], *value.shape[:-1]) for value in graph.inputs]
    torch.manual_seed(0)
    inputs = [torch.randn(shape) for shape in shapes]
    with torch.no_grad():
        found = compiled(*inputs)
    count = len(graph.outputs) + (len(graph.training_outputs) if training else 0)
    assert isinstance(found, tuple) == (count > 1)


def test_weights_are_mapped_both_ways() -> None:
    graph = graph_of("unet", 16)
    model = Backend().build(graph, "float64")
    weights = perturbed(graph)
    model.load(weights)
    saved = model.save()
    assert saved.keys() == weights.keys()
    assert all(np.array_equal(saved[name], weights[name]) for name in weights)
    with pytest.raises(ValueError, match="missing or unknown"):
        model.load({"conv.kernel": np.zeros(3)})


def test_gradients_are_those_of_finite_differences() -> None:
    graph = graph_of("siamese", 16)
    model = Backend().build(graph, "float64")
    weights, random = perturbed(graph), np.random.default_rng(1)
    model.load(weights)
    inputs = {name: random.normal(size=(2, 16, 16, 1)) for name in graph.input_names}
    (output,) = graph.output_names
    cotangents = {output: random.normal(size=(2, 1))}
    found = model.run(inputs, cotangents)
    for name, array in weights.items():
        place = tuple(random.integers(0, size) for size in array.shape)
        slope = _slope(model, weights, inputs, cotangents[output], name, place)
        assert found.weight_gradients[name][place] == pytest.approx(slope, rel=1e-4, abs=1e-8)


def _slope(
    model: Model,
    weights: dict[str, np.ndarray],
    inputs: dict[str, np.ndarray],
    cotangent: np.ndarray,
    name: str,
    place: tuple[int, ...],
) -> float:
    step, values = 1e-6, []
    for sign in (1, -1):
        moved = {**weights, name: weights[name].copy()}
        moved[name][place] += sign * step
        model.load(moved)
        (output,) = model.run(inputs).outputs.values()
        values.append(float((output * cotangent).sum()))
    return (values[0] - values[1]) / (2 * step)


def test_trace_shows_the_values_of_modules() -> None:
    from archspec.verification.reference import evaluate

    graph = graph_of("lenet5")
    model = Backend().build(graph, "float64")
    weights = perturbed(graph)
    model.load(weights)
    image = np.random.default_rng(0).normal(size=(2, 28, 28, 1))
    traced = model.trace({"image": image})
    values, _ = evaluate(graph, weights, {"image": image})
    assert {"c1.conv", "c5.tanh", "f6.dense", "dense"} <= traced.keys()
    for name, array in traced.items():
        np.testing.assert_allclose(array, values[name], 1e-9, 1e-12)


def test_initial_weights_have_the_spread_of_the_spec() -> None:
    torch.manual_seed(0)
    graph = graph_of("unet", 16)
    for name, array in Backend().build(graph).save().items():
        weight = graph.weights[name]
        if weight.role == "bias":
            assert not array.any()
        elif array.size > 1000:
            fans = {"he_normal": weight.fans[0], "glorot_uniform": sum(weight.fans)}
            wanted = (2 / fans[weight.initializer.name]) ** 0.5
            assert array.std() == pytest.approx(wanted, rel=0.1), name


DECIDED = """\
network net(n: int = 3) {
  input image[4, 4, 3]
  if true { conv(n, 1) } else { conv(2 * n, 1) }
  for i, k in enumerate([1, 3]) {
    if i > 0 and n > 2 { conv(n, k, padding=same) } else { layer_norm }
    add { | conv(if not k > 1 then n else 3, 1) | skip: if not 3 > 3 { identity } else { none } }
  }
}
"""


def test_conditions_that_are_always_true_or_false_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "net.arch"
    path.write_text(DECIDED)
    made = archspec.load(path).generate("torch")
    assert made is not None
    code = made.files["net.py"]
    assert not re.search(r"(if |not )(True|False)|has_skip|(?<![\w.])\d [<>=!]=? \d", code)
    assert "n > 2" in code
