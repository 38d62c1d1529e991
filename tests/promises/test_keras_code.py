"""Generated Keras code is what a Keras maintainer would accept, and computes what it should."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import archspec
from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.verification.reference import evaluate
from archspec.weights import perturbed
from archspec_keras import Backend

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
pytest.importorskip("tensorflow")

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden" / "keras"
CODE = sorted(file for file in GOLDEN.glob("*.py") if not file.name.startswith("test_"))
CONSTRUCTS = dict(
    re.findall(
        r"^## (.+)\n(?:(?!^## )[\s\S])*?```arch\n([\s\S]*?)```",
        (TESTS / "spec" / "elaboration.md").read_text(),
        re.MULTILINE,
    )
)
"""The spec of each section on what networks become, by its heading."""

OTHER_FILES = "Blocks of another file see their own file's defaults and names"


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def networks(path: Path) -> list[Graph]:
    compilation = archspec.load(path)
    graphs = [compilation.graph(name) for name in compilation.networks]
    return [one for one in graphs if one is not None]


def check_against_reference(graph: Graph) -> None:
    model = Backend().build(graph, "float64")
    weights, random = perturbed(graph, dtype="float64"), np.random.default_rng(0)
    model.load(weights)
    named = zip(graph.input_names, graph.inputs, strict=True)
    inputs = {name: random.uniform(-2, 3, (3, *value.shape)) for name, value in named}
    outputs = dict(zip(graph.output_names, graph.outputs, strict=True))
    heads = dict(zip(graph.training_output_names, graph.training_outputs, strict=True))
    for training in (True, False):
        values, statistics = evaluate(graph, weights, inputs, training)
        shown = {**outputs, **heads} if training else outputs
        cotangents = {name: random.normal(size=(3, *value.shape)) for name, value in shown.items()}
        outcome = model.run(inputs, cotangents, training)
        assert outcome.outputs.keys() == shown.keys()
        for name, value in shown.items():
            close(outcome.outputs[name], values[value.name])
        for name, array in statistics.items():
            close(outcome.statistics[name], array)
        assert outcome.input_gradients.keys() == inputs.keys()
        assert all(np.isfinite(array).all() for array in outcome.weight_gradients.values())
        for name, array in model.trace(inputs, training).items():
            close(array, values[name])
    assert all((array == weights[name]).all() for name, array in model.save().items())


def close(found: np.ndarray, expected: np.ndarray) -> None:
    expected = np.broadcast_to(expected, found.shape)
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-9)


def test_code_is_formatted_and_linted() -> None:
    options = ("--isolated", "--line-length", "100")
    assert run("ruff", "format", "--check", *options, *CODE) == ""
    assert run("ruff", "check", "--select", "E,F,I,UP,B,SIM,C4,RET,PIE,ARG", *options, *CODE) == ""


def test_code_is_typed(tmp_path: Path) -> None:
    # Keras has no type information, so what its classes are cannot be checked.
    options = ("--disallow-untyped-defs", "--ignore-missing-imports", "--config-file=")
    for file in CODE:
        (tmp_path / file.name).write_text(file.read_text())
    files = [tmp_path / file.name for file in CODE]
    assert run("mypy", *options, "--cache-dir=.mypy_cache/generated", *files) == ""


@pytest.mark.parametrize("file", ["blocks", "windows", "values"])
def test_approved_code_computes_what_the_spec_means(file: str) -> None:
    graphs = networks(GOLDEN / f"{file}.arch")
    assert len(graphs) > 2
    for graph in graphs:
        check_against_reference(graph)


@pytest.mark.parametrize(
    "file", ["layer_rows", "nested", "pools_as_arguments", "shared_statistics", "shadowed"]
)
def test_combined_constructs_compute_what_the_spec_means(file: str) -> None:
    for graph in networks(TESTS / "lowering" / "constructs" / f"{file}.arch"):
        check_against_reference(graph)


def test_statistics_that_a_training_output_would_move_first_are_refused(tmp_path: Path) -> None:
    path, report = tmp_path / "spec.arch", Report()
    path.write_text(
        "network keras { input x[4, 4, 2] layer norm = batch_norm early: from x -> conv(2, 1)"
        " -> norm main: from x -> norm output main output early when training }"
    )
    (graph,) = networks(path)
    Backend().refusals(graph, report)
    assert [(one.code, one.label) for one in report.diagnostics] == [
        ("not-lowerable", "main.norm.batch_norm")
    ]


def test_a_network_may_have_the_name_of_what_its_code_imports(tmp_path: Path) -> None:
    path = tmp_path / "spec.arch"
    path.write_text("network keras { input image[4, 4, 2] batch_norm -> conv(3, 1) }")
    for graph in networks(path):
        assert list(Backend().generate(graph).files) == ["keras_.py"]
        check_against_reference(graph)


@pytest.mark.parametrize("title", [one for one in CONSTRUCTS if one != OTHER_FILES])
def test_every_construct_computes_what_the_spec_means(title: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.arch"
    path.write_text(CONSTRUCTS[title])
    for graph in networks(path):
        check_against_reference(graph)


def test_a_layer_that_is_two_ops_shows_its_value(tmp_path: Path) -> None:
    path = tmp_path / "spec.arch"
    path.write_text("network one { input image[5, 5, 2] separable_conv(4, 3) -> relu }")
    (graph,) = networks(path)
    assert "layers.SeparableConv2D(4, 3, name=" in Backend().generate(graph).files["one.py"]
    shown = Backend().build(graph).trace({"image": np.ones((1, 5, 5, 2), "float32")})
    assert {value.name for value in graph.outputs[0].node.inputs} < set(shown)


# Keras hands its variables to NumPy in a way that NumPy deprecates.
@pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")
@pytest.mark.parametrize("network", ["siamese", "sequence", "pooling", "bodies", "mobile"])
def test_saved_models_load_without_the_code(network: str, tmp_path: Path) -> None:
    import keras

    source = (GOLDEN / f"{network}.py").read_text()
    names: dict[str, object] = {"__name__": network}
    exec(compile(source, f"{network}.py", "exec"), names)
    model = names[network]()
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    random = np.random.default_rng(0)
    inputs = [random.normal(size=(2, *one.shape[1:])).astype("float32") for one in model.inputs]
    given = inputs[0] if len(inputs) == 1 else inputs
    before, after = model(given), loaded(given)
    loaded.compile("sgd", "mse")
    assert np.isfinite(loaded.train_on_batch(given, before)).all()
    if not isinstance(before, dict):
        before, after = {"": before}, {"": after}
    for name, array in before.items():
        np.testing.assert_allclose(array.numpy(), after[name].numpy(), rtol=1e-5, atol=1e-6)


def test_training_outputs_are_left_out_unless_asked_for() -> None:
    names: dict[str, object] = {"__name__": "googlenet"}
    exec((GOLDEN / "googlenet.py").read_text(), names)
    plain, full = names["googlenet"](), names["googlenet"](training_outputs=True)
    assert set(full.output) == {"result", "auxiliary_1", "auxiliary_2"}
    assert plain.count_params() < full.count_params() == 13_378_280


def test_a_run_leaves_the_model_as_it_was() -> None:
    graph = archspec.load(GOLDEN / "blocks.arch", "mobile").graph()
    assert graph is not None
    model = Backend().build(graph)
    weights = perturbed(graph, dtype="float32")
    model.load(weights)
    image = np.random.default_rng(0).normal(size=(2, 33, 30, 3)).astype("float32")
    outcome = model.run({"image": image}, training=True)
    assert any((array != weights[name]).any() for name, array in outcome.statistics.items())
    assert all((array == weights[name]).all() for name, array in model.save().items())
    assert model.native.get_layer("dropout").rate == 0.2
    with pytest.raises(ValueError, match="missing or unknown"):
        model.load({"conv.kernel": np.zeros(3)})
