"""Evaluates a network with the ops' own NumPy references: the third opinion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph, Node
from archspec.ops.op import Call

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

Rounded = Callable[[str, Array], Array]


def _exact(name: str, array: Array) -> Array:
    return array


def evaluate(
    graph: Graph,
    weights: Mapping[str, Array],
    inputs: Mapping[str, Array],
    training: bool = False,
    rounded: Rounded = _exact,
) -> tuple[dict[str, Array], dict[str, Array]]:
    """All values by their name in the graph, and new running statistics by canonical name.

    Arrays have the batch axis first and channels last; `inputs` are keyed by the network's
    input names. The dtype is that of the arrays. Random ops do nothing. What a node makes, and what
    it takes away from its input, goes through `rounded`, with the name of the value.
    """
    import numpy as np

    values = {
        value.name: inputs[name]
        for value, name in zip(graph.inputs, graph.input_names, strict=True)
    }
    current = dict(weights)
    updates: dict[str, Array] = {}
    batch = len(next(iter(inputs.values()))) if inputs else 1
    for node in graph.nodes:
        outputs, changed = _step(node, values, current, training, rounded)
        if not node.inputs:
            outputs = tuple(np.broadcast_to(one, (batch, *one.shape[1:])) for one in outputs)
        for value, one in zip(node.outputs, outputs, strict=True):
            values[value.name] = rounded(value.name, one)
        updates.update(changed)
        # A layer that is used twice goes on from the statistics that its first use left.
        current.update(changed)
    return values, updates


def _step(
    node: Node,
    values: Mapping[str, Array],
    weights: Mapping[str, Array],
    training: bool,
    rounded: Rounded = _exact,
) -> tuple[tuple[Array, ...], dict[str, Array]]:
    """One node: its outputs, and new running statistics by canonical name."""
    if node.op.reference is None:
        raise ValueError(f"op {node.op.name!r} has no NumPy reference")
    call = Call(
        node.attributes,
        [values[value.name] for value in node.inputs],
        {role: weights[weight.name] for role, weight in node.weights.items()},
        training,
        rounded=partial(rounded, f"inside {node.name}"),
    )
    outputs = node.op.reference(call)
    return outputs, {node.weights[role].name: new for role, new in call.updates.items()}
