"""Finds where two sides part: the first value in the order of the graph that differs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archspec.elaborate.trace import in_force
from archspec.ir import Graph, Node, Scope, Value, spell
from archspec.source import Span
from archspec.verification.compare import Difference, difference
from archspec.verification.limits import FLOAT64

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any


@dataclass(frozen=True, slots=True)
class Parting:
    """Where the sides of `pair` part: the name of the value or weight, and the node of it.

    `hidden` are values just before it that not both sides show, so that they may be to blame.
    """

    name: str
    node: Node | None
    span: Span | None
    difference: Difference
    pair: tuple[str, str]
    hidden: tuple[str, ...] = ()


def first_value(
    graph: Graph, traced: Mapping[str, Mapping[str, Array]], pairs: Sequence[tuple[str, str]]
) -> Parting | None:
    """The first value in which one of the pairs differs, among those that both its sides show."""
    for value in _values(graph):
        for pair in pairs:
            left, right = (traced[side] for side in pair)
            if value.name in left and value.name in right:
                found = difference(left[value.name], right[value.name])
                if found.relative > FLOAT64:
                    hidden = _hidden(value, {*left} & {*right})
                    return Parting(value.name, value.node, value.span, found, pair, hidden)
    return None


def _hidden(value: Value, shown: Collection[str]) -> tuple[str, ...]:
    """The values that `value` is made from, back to those that are shown."""
    found: dict[str, None] = {}
    stack = [value]
    while stack:
        node = stack.pop().node
        for one in node.inputs if node is not None else ():
            if one.node is not None and one.name not in shown and one.name not in found:
                found[one.name] = None
                stack.append(one)
    return tuple(reversed(found))


def _values(graph: Graph) -> Iterable[Value]:
    yield from graph.inputs
    for node in graph.nodes:
        yield from node.outputs


def by_weight(
    graph: Graph, pair: tuple[str, str], differing: Mapping[str, Difference], last: bool
) -> Parting:
    """The first of some weights in the order of the graph, or the last.

    Gradients come from behind, so the last that differs was the first to go wrong.
    """
    order = {id(node): number for number, node in enumerate(graph.nodes)}

    def position(name: str) -> int:
        users = graph.weights[name].users if name in graph.weights else []
        return max((order[id(node)] for node in users if id(node) in order), default=-1)

    name = (max if last else min)(differing, key=position)
    node = graph.nodes[position(name)] if position(name) >= 0 else None
    span = None if node is None else node.span
    return Parting(name, node, span, differing[name], pair)


def place(parting: Parting) -> Span | None:
    """Where the user wrote it: for a part of an op made of smaller ones, the use of that op."""
    span = parting.span
    scope = parting.node.scope if parting.node is not None else None
    while span is not None and scope is not None and span.source.name.startswith("<"):
        span, scope = _site(scope), scope.parent
    return span


def _site(scope: Scope) -> Span:
    found: Any = scope.site
    span: Span = found.span
    return span


def block_path(graph: Graph, node: Node) -> str:
    """Where the node stands, from the network inwards, with the arguments in force."""
    own = spell(node.path[len(node.scope.path) :])
    parts = [own] if own else []
    scope = node.scope
    while scope.parent is not None:
        if len(scope.path) > len(scope.parent.path):
            parts.append(spell(scope.path[-1:]) + in_force(scope))
        scope = scope.parent
    return " ▸ ".join([graph.name, *reversed(parts)])
