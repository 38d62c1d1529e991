"""needed: the nodes that the outputs of inference depend on."""

from __future__ import annotations

from collections.abc import Collection

from archspec.ir import Graph, Node


def needed(graph: Graph) -> Collection[Node]:
    """All nodes but those that only training outputs need."""
    if not graph.training_outputs:
        # Elaboration has seen to it that every value reaches an output.
        return graph.nodes
    stack = [value.node for value in graph.outputs if value.node is not None]
    found: set[Node] = set()
    while stack:
        node = stack.pop()
        if node not in found:
            found.add(node)
            stack.extend(value.node for value in node.inputs if value.node is not None)
    return found
