"""A plan calls the results of a network as the graph does."""

from __future__ import annotations

from archspec.lowering.planner import plan
from archspec.testing.compiled import graph_of

TEXT = """
network net(n: int = 3) {
  input image[4, 4, 2]
  for i in range(n) { down: conv(2 + i, 1) }
  first: from down[0] -> tanh
  output down[n - 1], first
  output down[-2] when training
}
"""


def test_results_are_called_by_their_places_in_a_list() -> None:
    graph = graph_of(TEXT)
    assert graph is not None
    network = plan(graph).definitions[-1]
    assert network.result_names == graph.output_names == ("down_2", "first")
    assert network.training_result_names == graph.training_output_names == ("down_1",)
