"""What trained networks answer, as probabilities where their losses or metrics speak of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archspec.ir import Graph
from archspec.recipes import Choice
from archspec.recipes.record import Loss

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any


def probabilities(graph: Graph, loss: Choice, outputs: Array, answers: bool = True) -> Array:
    """The numbers of the output that `loss` is about.

    They go through the softmax or sigmoid of the loss where the network itself does not end in it,
    as with `logits=true`. So do yes-or-no `answers` of a loss that has none, such as `hinge`.
    """
    record = loss.record
    assert isinstance(record, Loss)
    wanted = record.ending or ("sigmoid" if answers and record.targets == "bits" else None)
    place = graph.output_names.index(loss.attributes.output or graph.output_names[0])
    node = graph.outputs[place].node
    if wanted is None or (node is not None and node.op.name == wanted):
        return outputs
    return _softmax(outputs) if wanted == "softmax" else _sigmoid(outputs)


def _softmax(logits: Array) -> Array:
    import numpy as np

    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    found: Array = powers / powers.sum(axis=-1, keepdims=True)
    return found


def _sigmoid(logits: Array) -> Array:
    import numpy as np

    found: Array = 0.5 * (1 + np.tanh(0.5 * logits))
    return found
