"""chooses: whether rounding decides what a network does, and with it, what its gradients are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph, Node
from archspec.ops.op import no_weights
from archspec.verification.limits import INSIDE, SHAKE
from archspec.verification.reference import step
from archspec.verification.side import Array, ReferenceResults
from archspec.verification.trial import Trial
from archspec.weights.draw import generator

if TYPE_CHECKING:
    import numpy as np

DISTANCE = SHAKE * 2.0**INSIDE
"""How far numbers are moved, relative to themselves."""

BENT = 1e-2
"""What is bent by so much of the way is bent by an edge: a smooth curve bends by the square."""


def chooses(graph: Graph, trial: Trial, training: bool, reference: ReferenceResults) -> bool:
    """Whether some op takes another of its pieces when the values that come in are rounded.

    The largest of equal numbers, such as those that a convolution makes of saturated ones, is
    another one in each framework. The value is the same; its gradient goes another way.
    """
    import numpy as np

    with np.errstate(all="ignore"):
        return any(
            _bends(node, reference.values, trial.weights, training)
            for node in graph.nodes
            if node.inputs and node.op.weights is no_weights
        )


def _bends(
    node: Node, values: Mapping[str, Array], weights: Mapping[str, Array], training: bool
) -> bool:
    """Whether moving the inputs there and back again does not come out even."""
    ways: list[Any] = []
    for way in (DISTANCE, 0.0, -DISTANCE):
        moved = {one.name: _moved(one.name, values[one.name], way) for one in node.inputs}
        ways.append(step(node, moved, weights, training)[0])
    return any(
        _far(abs(there + back - 2 * still)) > BENT * DISTANCE * _far(abs(still))
        for there, still, back in zip(*ways, strict=True)
    )


def _moved(name: str, array: Array, way: float) -> Array:
    noise = generator(0, f"choices {name}").uniform(-1, 1, array.shape)
    made: Array = array * (1 + way * noise)
    return made


def _far(array: np.ndarray[Any, Any]) -> float:
    return float(array.max(initial=0))
