"""A stranger tests an op and a back end of their own with two lines, as the guide shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archspec.ir import Graph
from archspec.lowering.backend import Generated, Outcome
from archspec.ops import registry
from archspec.testing import assert_agreement
from archspec.testing.campaign import drawn

SAMPLE = Path(__file__).parents[1] / "plugin_sample"


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The sample as if it were installed: its op is in the registry."""
    monkeypatch.syspath_prepend(str(SAMPLE))
    from archspec_numpy.mish import OP

    monkeypatch.setattr(registry, "_plugins", lambda: {"mish": OP})
    registry.find.cache_clear()
    yield
    registry.find.cache_clear()


class Model:
    """Runs what the sample generates; it has no gradients."""

    native = None

    def __init__(self, graph: Graph, code: Generated) -> None:
        self.graph = graph
        space: dict[str, Any] = {}
        exec(code.files[f"{code.module}.py"], space)
        self.forward = space[code.entry]
        self.weights: dict[str, np.ndarray] = {}

    def load(self, weights: Mapping[str, np.ndarray]) -> None:
        self.weights = dict(weights)

    def save(self) -> dict[str, np.ndarray]:
        return dict(self.weights)

    def run(self, inputs: Mapping[str, np.ndarray], cotangents: Any, training: bool) -> Outcome:
        made = self.forward(self.weights, *inputs.values())
        return Outcome({self.graph.output_names[0]: made}, {}, {}, {})

    def trace(self, inputs: Mapping[str, np.ndarray], training: bool = False) -> dict[str, Any]:
        return {}


def backend() -> Any:
    from archspec_numpy import Backend

    class Built(Backend):
        def build(self, graph: Graph, dtype: str = "float32") -> Model:
            return Model(graph, self.generate(graph))

    return Built()


SMALL = """network net {
  input features[5]
  dense(4) -> mish -> dense(3) -> relu
}
"""


def test_an_op_of_a_stranger_is_drawn_and_judged() -> None:
    for number in range(6):
        network = drawn(0, number, ops=["mish"])
        assert "mish" in {node.op.name for node in network.graph.nodes}
        assert_agreement(network, [backend()])


def test_a_back_end_of_a_stranger_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    import archspec_numpy

    assert_agreement(SMALL, [backend()])
    monkeypatch.setitem(archspec_numpy.LINES, "mish", "x = x * np.tanh(np.log1p(np.exp(x + 0.01)))")
    with pytest.raises(AssertionError, match="outputs of numpy and NumPy"):
        assert_agreement(SMALL, [backend()])
