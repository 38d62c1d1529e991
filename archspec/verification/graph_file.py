"""A graph as bytes, so that another process of ours can have it.

The objects of a graph refer to each other in long chains, for which a plain pickle would recurse
once per layer. Here each object of `FLAT` is written by itself, and others refer to its number.
The bytes are for our own processes only: reading them runs what they say.
"""

from __future__ import annotations

import pickle
from dataclasses import fields
from io import BytesIO
from typing import Any

from archspec import syntax
from archspec.ir import Graph, Node, Recipe, Scope, Value, Weight
from archspec.ops import registry
from archspec.ops.attributes import Attributes
from archspec.ops.op import Op

FLAT = (Graph, Node, Value, Scope, Weight, Recipe, syntax.Node)


def dump(graph: Graph) -> bytes:
    """The graph with everything that it refers to."""
    file = BytesIO()
    pickler = _Pickler(file)
    pickler.number(graph)
    done = 0
    while done < len(pickler.objects):
        found = pickler.objects[done]
        # What elaboration added to scopes for its own use stays behind.
        kind = Scope if isinstance(found, Scope) else type(found)
        pickler.dump((kind, _state(found, kind)))
        done += 1
    return file.getvalue()


def load(data: bytes) -> Graph:
    """The graph that `dump` wrote."""
    file = BytesIO(data)
    unpickler = _Unpickler(file)
    done = 0
    while file.tell() < len(data):
        kind, state = unpickler.load()
        made = unpickler.object(done, kind)
        for name, value in state.items():
            object.__setattr__(made, name, value)
        done += 1
    graph = unpickler.objects[0]
    assert isinstance(graph, Graph)
    return graph


def _state(found: Any, kind: type) -> dict[str, Any]:
    if isinstance(found, syntax.Node):
        return dict(vars(found))
    return {field.name: getattr(found, field.name) for field in fields(kind)}


class _Pickler(pickle.Pickler):
    def __init__(self, file: BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.objects: list[Any] = []
        self.numbers: dict[int, int] = {}

    def number(self, found: Any) -> int:
        known = self.numbers.setdefault(id(found), len(self.objects))
        if known == len(self.objects):
            self.objects.append(found)
        return known

    def persistent_id(self, found: Any) -> Any:
        if isinstance(found, FLAT):
            kind = Scope if isinstance(found, Scope) else type(found)
            return self.number(found), kind
        if isinstance(found, Op):
            return found.name, Op
        return None

    def reducer_override(self, found: Any) -> Any:
        if isinstance(found, Attributes):
            return Attributes, (dict(found.items()),)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BytesIO) -> None:
        super().__init__(file)
        self.objects: dict[int, Any] = {}

    def object(self, number: int, kind: Any) -> Any:
        if number not in self.objects:
            self.objects[number] = kind.__new__(kind)
        return self.objects[number]

    def persistent_load(self, key: tuple[Any, type]) -> Any:
        found, kind = key
        return registry.find(found) if kind is Op else self.object(found, kind)
