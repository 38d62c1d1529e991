"""Totals of a network, each computed on demand: what `expect` may ask for.

The counting rules: `parameters` are all numbers in weights but running statistics, those of
training-only heads included, a shared weight once. `macs` and `activation_bytes` belong to the
inference graph, so what only training outputs need is left out; a layer that is used twice
computes twice. `layers` are all nodes.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from archspec.analyses.needed import needed
from archspec.dimensions import elements
from archspec.ir import Graph, Node
from archspec.ops.op import no_macs

FLOAT_BYTES = 4


def parameters(graph: Graph) -> int:
    """Numbers that training changes or could change; all weights but running statistics."""
    return sum(prod(weight.shape) for weight in graph.weights.values() if weight.trainable)


def running_statistics(graph: Graph) -> int:
    """Numbers that are averaged during training, not learned."""
    return sum(prod(weight.shape) for weight in graph.weights.values() if not weight.trainable)


def node_macs(node: Node) -> int:
    """Multiply-adds of one use of an op, by the op's own rule."""
    if node.op.macs is no_macs:
        return 0
    inputs = [value.shape for value in node.inputs]
    return node.op.macs(node.attributes, inputs, [value.shape for value in node.outputs])


def node_bytes(node: Node) -> int:
    """Memory of a node's outputs for one sample in float32."""
    return sum(elements(value.shape) for value in node.outputs) * FLOAT_BYTES


def macs(graph: Graph) -> int:
    """Multiply-adds of one sample's way to the outputs of inference."""
    return sum(map(node_macs, needed(graph)))


def activation_bytes(graph: Graph) -> int:
    """Memory of all outputs of nodes for one sample in float32."""
    return sum(map(node_bytes, needed(graph)))


def layers(graph: Graph) -> int:
    """How many ops the network applies."""
    return len(graph.nodes)


TOTALS: dict[str, Callable[[Graph], int]] = {
    "parameters": parameters,
    "trainable_parameters": parameters,
    "running_statistics": running_statistics,
    "macs": macs,
    "activation_bytes": activation_bytes,
    "layers": layers,
}
"""The names that an `expect` line may use. Freezing is what will tell the first two apart."""
