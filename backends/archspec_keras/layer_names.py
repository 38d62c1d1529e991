"""Which layer computes which value: the rule of layer names."""

from __future__ import annotations

from collections.abc import Iterator, Set

from archspec.ir import Graph, Node, dotted
from archspec_keras.wholes import whole

AFTER = ("_crop", "_places", "_sequence")
"""Suffixes of layers that follow the one with the op's own name."""


def value_layers(graph: Graph, layers: Set[str]) -> Iterator[tuple[str, str]]:
    """Names of values, each with the name of the layer whose output it is."""
    found = {
        value.name: name
        for value, name in zip(graph.inputs, graph.input_names, strict=True)
        if name in layers
    }
    for node in graph.nodes:
        layer = _layer(node, layers)
        if layer is None and node.op.name == "identity":
            layer = found.get(node.inputs[0].name)
        if layer is not None and len(node.outputs) == 1:
            found[node.outputs[0].name] = layer
    yield from found.items()


def _layer(node: Node, layers: Set[str]) -> str | None:
    for name in _candidates(node):
        for suffix in (*AFTER, ""):
            if name + suffix in layers:
                return name + suffix
    return None


def _candidates(node: Node) -> Iterator[str]:
    """What the layer of a node may be called."""
    for weight in node.weights.values():
        # A layer that is used several times shows its first use.
        if weight.users[0] is node:
            name = weight.name.removesuffix(f".{weight.role}")
            yield name
            if whole(node.scope) is not None and node.outputs == node.scope.outgoing:
                yield name.rpartition(".")[0]
        return
    yield dotted(node.path)
    if node.scope.kind == "layer":
        # A layer that was handed in as a parameter is named after the parameter.
        yield dotted(node.path[:-1])
