"""depth: how many layers deep a network is, as papers count."""

from __future__ import annotations

from collections.abc import Collection

from archspec.analyses.needed import needed
from archspec.ir import Graph, Node
from archspec.ops.op import no_macs


def depth(graph: Graph) -> int:
    """Layers with a kernel on the longest way from an input to an output of inference.

    Convolutions and dense layers count; normalisation, pooling, activations and joins do not (He
    et al., 2016, table 1: 50 for ResNet-50). A separable convolution counts as its two parts.
    """
    counted: Collection[Node] = set(needed(graph))
    longest: dict[int, int] = {id(value): 0 for value in graph.inputs}
    for node in graph.nodes:
        if node in counted:
            before = max((longest[id(value)] for value in node.inputs), default=0)
            own = bool(node.weights) and node.op.macs is not no_macs
            longest.update((id(value), before + own) for value in node.outputs)
    return max(longest[id(value)] for value in graph.outputs)
