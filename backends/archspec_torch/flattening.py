"""Where a flattened value may stay in PyTorch's order, channels first.

A dense layer behind it then has the rows of its kernel reordered, once and for all, and nothing
is permuted at run time. That holds where every use of the value, possibly behind element-wise
ops, ends in such a kernel.
"""

from __future__ import annotations

from collections import defaultdict
from math import prod

from archspec.ir import Graph, Node, Value
from archspec_torch.lowering import find

Rows = tuple[int, ...]


class Orders:
    """`deferred` flatten nodes, and the row order of every value behind one."""

    def __init__(self, graph: Graph) -> None:
        self._uses: defaultdict[int, list[Node]] = defaultdict(list)
        for node in graph.nodes:
            for value in node.inputs:
                self._uses[id(value)].append(node)
        self._results = {id(value) for value in (*graph.outputs, *graph.training_outputs)}
        self._rows: dict[int, Rows] = {}
        self._deferred: set[int] = set()
        for node in graph.nodes:
            if _flattens(node):
                self._try(node)

    def deferred(self, node: Node) -> bool:
        """Whether the node's output stays channels first."""
        return id(node) in self._deferred

    def rows(self, node: Node) -> Rows | None:
        """The order in which the canonical features stand in the node's input."""
        return self.order(node.inputs[0]) if node.inputs else None

    def order(self, value: Value) -> Rows | None:
        """The order in which the canonical features stand in a value."""
        return self._rows.get(id(value))

    def _try(self, node: Node) -> None:
        found = self._reached(node.outputs[0])
        if found is None:
            return
        self._deferred.add(id(node))
        rows = _rows(tuple(node.inputs[0].shape))
        if rows is not None:
            self._rows.update((id(value), rows) for value in found)

    def _reached(self, start: Value) -> list[Value] | None:
        """All values in the deferred order; None where one is used in another way."""
        found, waiting = [], [start]
        while waiting:
            value = waiting.pop()
            found.append(value)
            uses = self._uses[id(value)]
            if id(value) in self._results or not uses:
                return None
            for node in uses:
                lowering = find(node.op.name)
                if lowering is None or lowering.order == "breaks" or len(node.inputs) != 1:
                    return None
                if lowering.order == "flattens" and len(node.outputs[0].shape) > 1:
                    return None
                if lowering.order != "takes":
                    waiting += node.outputs
        return found


def _flattens(node: Node) -> bool:
    lowering = find(node.op.name)
    if lowering is None or lowering.order != "flattens":
        return False
    return len(node.inputs[0].shape) > 1 == len(node.outputs[0].shape)


def _rows(shape: tuple[int, ...]) -> Rows | None:
    """Canonical (channels last) feature numbers in the order channels first.

    >>> _rows((1, 2, 3))
    (0, 3, 1, 4, 2, 5)
    """
    *sizes, channels = shape
    places = prod(sizes)
    rows = tuple(place * channels + c for c in range(channels) for place in range(places))
    return rows if rows != tuple(range(len(rows))) else None
