"""The network to train: the original one without the functions that end its outputs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import archspec
from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.make import generate
from archspec.training.logits import endings, logits

SHIPPED = {
    "lenet5": {"output": "softmax"},
    "alexnet": {"f8": "softmax"},
    "vgg16": {"output": "softmax"},
    "resnet18": {"head": "softmax"},
    "googlenet": {"result": "softmax", "auxiliary_1": "softmax", "auxiliary_2": "softmax"},
    "inception_v3": {"result": "softmax", "auxiliary_1": "softmax"},
    "cats_dogs_cnn": {"output": "sigmoid"},
    "siamese": {"output": "sigmoid"},
    "mobilenet_v2": {"output": "softmax"},
    "keras/MobileNet": {"predictions": "softmax"},
    "unet": {"output": "softmax"},
}


def made(target: str | Path, wanted: dict[str, str] | None = None) -> tuple[Graph, Graph, Report]:
    compilation = archspec.load(target)
    graph = compilation.graph()
    assert graph is not None, [one.message for one in compilation.diagnostics]
    assert compilation.program is not None
    report = Report()
    found = logits(compilation.program, graph, report, wanted)
    assert found is not None, [one.message for one in report.diagnostics]
    return graph, found, report


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_classifiers(name: str) -> None:
    graph, found, _ = made(name)
    assert endings(graph) == SHIPPED[name]
    assert endings(found) == {}
    assert list(found.weights) == list(graph.weights)
    assert len(found.nodes) == len(graph.nodes) - len(SHIPPED[name])
    assert found.output_names == graph.output_names
    assert found.training_output_names == graph.training_output_names
    assert [one.shape for one in found.outputs] == [one.shape for one in graph.outputs]


@pytest.mark.parametrize("backend", ["torch", "keras"])
def test_code_of_the_network_to_train(backend: str) -> None:
    for name in ("resnet18", "googlenet", "cats_dogs_cnn"):
        _, found, report = made(name)
        code = generate(backend, found, report)
        assert code is not None
        (text,) = code.files.values()
        assert not re.search(r"[Ss]oftmax\(|[Ss]igmoid\(|activation=", text)
        assert "the outputs are logits" in text


SPECS = {
    "a statement of its own": (
        "flatten\n  dense(3)\n  softmax",
        {"output": "softmax"},
    ),
    "a statement of its own after a named one": (
        "fc: flatten -> dense(3)\n  softmax",
        {"output": "softmax"},
    ),
    "a named statement of its own": (
        "fc: flatten -> dense(3)\n  chances: softmax -> [3]",
        {"chances": "softmax"},
    ),
    "a block": ("head(3)", {"output": "softmax"}),
    "a layer argument": ("shaped(3, act=softmax)", {"output": "softmax"}),
    "a layer argument that others use": (
        "shaped(4)\n  shaped(3, act=softmax)",
        {"output": "softmax"},
    ),
    "braces": ("flatten -> if true { dense(3) -> softmax }", {"output": "softmax"}),
    "two outputs": (
        "x: flatten\n  a: from x -> dense(3) -> softmax\n  b: from x -> dense(1) -> sigmoid\n"
        "  output a, b",
        {"a": "softmax", "b": "sigmoid"},
    ),
    "a loop": (
        "x: flatten\n  for i in range(2) { head: from x -> dense(3) -> softmax }\n"
        "  output head[0], head[1]",
        {"head_0": "softmax", "head_1": "softmax"},
    ),
    "attention inside stays": (
        "flatten -> dense(4) -> softmax -> dense(3) -> softmax",
        {"output": "softmax"},
    ),
    "a part of a network": ("inner", {"output": "softmax"}),
}

AROUND = """\
block head(classes: int) {{ flatten -> dense(classes) -> softmax }}
block shaped(classes: int, act: layer = relu) {{ flatten -> dense(classes) -> act }}
network inner {{ input image[4, 4, 1]
  head(5) }}
network net {{
  input image[4, 4, 1]
  {}
}}
"""


def spec(folder: Path, body: str) -> Path:
    path = folder / "model.arch"
    path.write_text(AROUND.format(body))
    return path


@pytest.mark.parametrize("name", SPECS)
def test_ways_to_write_it(name: str, tmp_path: Path) -> None:
    body, wanted = SPECS[name]
    compilation = archspec.load(spec(tmp_path, body), network="net")
    graph = compilation.graph()
    assert graph is not None, [one.message for one in compilation.diagnostics]
    report = Report()
    assert compilation.program is not None
    found = logits(compilation.program, graph, report)
    assert found is not None, [one.message for one in report.diagnostics]
    assert endings(graph) == wanted
    assert endings(found) == {}
    assert found.output_names == graph.output_names
    assert {k: w.shape for k, w in found.weights.items()} == {
        k: w.shape for k, w in graph.weights.items()
    }
    for backend in ("torch", "keras"):
        assert generate(backend, found, report), [one.message for one in report.diagnostics]


REFUSED = {
    "this softmax is needed by `q.scale` too": (
        "flatten -> dense(3)\n  p: softmax\n  q: scale(0.5)\n  output p, q"
    ),
    "this softmax also makes `head.softmax`, which is no output": "head(4)\n  head(3)",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_taken_out(words: str, tmp_path: Path) -> None:
    compilation = archspec.load(spec(tmp_path, REFUSED[words]), network="net")
    graph = compilation.graph()
    assert graph is not None, [one.message for one in compilation.diagnostics]
    assert compilation.program is not None
    report = Report()
    assert logits(compilation.program, graph, report) is None
    assert [one.code for one in report.diagnostics] == ["no-logits"]
    assert words in report.diagnostics[0].message


def test_only_what_the_loss_computes_is_taken_out(tmp_path: Path) -> None:
    graph, found, _ = made("cats_dogs_cnn", {"output": "softmax"})
    assert found is graph


def test_arguments_of_the_network_stay() -> None:
    compilation = archspec.load("resnet18")
    given = {"classes": 7}
    graph = compilation.graph(overrides=given)
    assert graph is not None
    assert compilation.program is not None
    found = logits(compilation.program, graph, Report(), overrides=given)
    assert found is not None
    assert found.outputs[0].shape == (7,)
