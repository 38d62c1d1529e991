"""A padding that is a parameter of a block is handed on where PyTorch has the word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import archspec
from archspec.verification.reference import evaluate
from archspec.weights import perturbed
from archspec_torch import Backend

SPEC = """\
block act(kernel: size, stride: int = 1, padding: padding = same) {
  conv(4, kernel, stride=stride, padding=padding) -> relu
}
network net {
  input image[14, 13, 3]
  CHAIN
}
"""

ONE = "act(3) -> act([1, 5]) -> act([3, 2], stride=2, padding=valid) -> act(1) -> act(3)"
SEVERAL = {
    "strided": "act(3) -> act(3, stride=2) -> act(3, padding=valid)",
    "even": "act(2) -> act(3) -> act(3, padding=valid)",
    "half": "act(3) -> act(3, padding=half) -> act(4, padding=half)",
    "number": "act(3) -> act(3, padding=2) -> act(3, padding=[0, [1, 2]])",
}


@pytest.mark.parametrize(
    ("chain", "one_class"), [(ONE, True), *((c, False) for c in SEVERAL.values())]
)
def test_words_are_handed_on_where_they_mean_the_same(
    chain: str, one_class: bool, tmp_path: Path
) -> None:
    path = tmp_path / "net.arch"
    path.write_text(SPEC.replace("CHAIN", chain))
    spec = archspec.load(path)
    graph, made = spec.graph(), spec.generate("torch")
    assert graph is not None
    assert made is not None
    assert ("class Act2" not in made.files["net.py"]) == one_class
    weights, x = perturbed(graph), np.random.default_rng(0).normal(size=(2, 14, 13, 3))
    model = Backend().build(graph, "float64")
    model.load(weights)
    (found,) = model.run({"image": x}).outputs.values()
    expected = evaluate(graph, weights, {"image": x})[0][graph.outputs[0].name]
    np.testing.assert_allclose(found, expected, 1e-9, 1e-12)
