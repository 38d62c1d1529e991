"""A graph as bytes, so that another process of ours can have it.

Written is what the graph was elaborated from, and reading elaborates it again: that needs only
the tree, whose types are few, and no place in the graph can be forgotten. The bytes are for our
own processes only: reading them runs what they say.
"""

from __future__ import annotations

import pickle
from io import BytesIO
from typing import Any

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.elaborate import elaborate
from archspec.elaborate.frame import Frame
from archspec.ir import Graph


def dump(graph: Graph) -> bytes:
    """What `elaborate` made the graph from; `ValueError` for a graph that it did not make."""
    if not isinstance(graph.root, Frame):
        raise ValueError(f"the network {graph.name!r} was not made from a spec")
    run = graph.root.run
    file = BytesIO()
    pickler = _Pickler(file)
    pickler.dump((run.program, graph.name, run.overrides, run.sizes))
    # Each tree node is written by itself: a plain pickle would recurse with the tree.
    done = 0
    while done < len(pickler.nodes):
        pickler.dump((type(pickler.nodes[done]), vars(pickler.nodes[done])))
        done += 1
    return file.getvalue()


def load(data: bytes) -> Graph:
    """The graph that `dump` wrote."""
    file = BytesIO(data)
    unpickler = _Unpickler(file)
    program, name, overrides, sizes = unpickler.load()
    done = 0
    while file.tell() < len(data):
        kind, state = unpickler.load()
        vars(unpickler.node(done, kind)).update(state)
        done += 1
    report = Report()
    graph = elaborate(program, name, report, overrides, sizes)
    if graph is None:
        raise ValueError("; ".join(found.message for found in report.diagnostics))
    return graph


class _Pickler(pickle.Pickler):
    def __init__(self, file: BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.nodes: list[syntax.Node] = []
        self.numbers: dict[int, int] = {}

    def persistent_id(self, found: Any) -> Any:
        if not isinstance(found, syntax.Node):
            return None
        number = self.numbers.setdefault(id(found), len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(found)
        return number, type(found)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BytesIO) -> None:
        super().__init__(file)
        self.nodes: dict[int, syntax.Node] = {}

    def node(self, number: int, kind: Any) -> syntax.Node:
        if number not in self.nodes:
            self.nodes[number] = kind.__new__(kind)
        return self.nodes[number]

    def persistent_load(self, key: tuple[int, type]) -> syntax.Node:
        return self.node(*key)
