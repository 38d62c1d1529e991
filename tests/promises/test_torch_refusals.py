"""What PyTorch code cannot say is refused with a diagnostic."""

from __future__ import annotations

from archspec.diagnostics import Report
from archspec.lowering.make import generate
from archspec.testing.compiled import graph_of

TEXT = """
network net() {
  input image[5, 4, 3]
  layer inner = { conv(3, 1) -> batch_norm }
  layer outer = { inner -> relu -> inner }
  outer -> add { identity | outer } -> inner
}
"""


def test_a_shared_layer_inside_another_is_refused() -> None:
    graph, report = graph_of(TEXT), Report()
    assert graph is not None
    assert generate("torch", graph, report) is None
    assert [one.code for one in report.diagnostics] == ["not-lowerable"]
