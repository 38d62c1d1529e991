"""What every construct of the language becomes in PyTorch computes what the references say."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import archspec
from archspec.ir import Graph
from archspec.verification.reference import evaluate
from archspec.weights import perturbed
from archspec_torch import Backend

CASE = re.compile(r"^## (.+?)\n\n```arch\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPECS = {
    title: text
    for file in sorted(Path(__file__).with_name("constructs").glob("*.md"))
    for title, text in CASE.findall(file.read_text(encoding="utf-8"))
}


def graph_of(text: str, folder: Path) -> Graph:
    file = folder / "t.arch"
    file.write_text(text)
    found = archspec.load(file, "t")
    graph = found.graph()
    assert graph is not None, [one.message for one in found.diagnostics]
    return graph


@pytest.mark.parametrize("name", SPECS)
def test_construct_agrees_with_the_references(name: str, tmp_path: Path) -> None:
    graph = graph_of(SPECS[name], tmp_path)
    model = Backend().build(graph, "float64")
    weights, random = perturbed(graph), np.random.default_rng(0)
    inputs = {
        name: random.normal(0.3, 1, (3, *value.shape))
        for name, value in zip(graph.input_names, graph.inputs, strict=True)
    }
    for training in (False, True):
        model.load(weights)
        values, statistics = evaluate(graph, weights, inputs, training)
        outcome = model.run(inputs, training=training)
        wanted = dict(zip(graph.output_names, graph.outputs, strict=True))
        if training:
            more = zip(graph.training_output_names, graph.training_outputs, strict=True)
            wanted.update(more)
        assert outcome.outputs.keys() == wanted.keys()
        for output, value in wanted.items():
            np.testing.assert_allclose(outcome.outputs[output], values[value.name], 1e-9, 1e-12)
        for weight, array in statistics.items():
            np.testing.assert_allclose(outcome.statistics[weight], array, 1e-9, 1e-12)
