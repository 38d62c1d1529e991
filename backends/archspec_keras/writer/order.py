"""The order in which layers with running statistics are called, where the graph leaves it open.

Keras runs a model by the depth of its nodes, not in the order in which they were made: uses of a
shared layer that do not depend on each other would update its statistics out of turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from archspec.analyses.needed import needed
from archspec.ir import Graph, Node, Scope, Value, Weight, spell
from archspec.lowering.contents import parts
from archspec.lowering.plan import (
    Body,
    CallShared,
    Choice,
    Disagreement,
    Element,
    Join,
    Plan,
    Variable,
)


def out_of_turn(graph: Graph) -> Iterator[Node]:
    """Uses of running statistics that come after one that only training outputs need.

    A model without these outputs lacks the use that they would have to wait for.
    """
    kept = needed(graph)
    for weight in graph.weights.values():
        if _shared(weight):
            for before, node in pairwise(weight.users):
                if node in kept and before not in kept:
                    yield node
                    break


class Order:
    """Which uses of shared layers must wait for which others."""

    def __init__(self, plan: Plan) -> None:
        self._calls: dict[Scope, CallShared] = {}
        self._arms: dict[CallShared, list[tuple[Element, Body]]] = {}
        for definition in plan.definitions:
            for body in (definition.body, *(one.body for one in definition.layers)):
                self._collect(body, [])
        self._before = {scope: tuple(self._waits(scope)) for scope in self._calls}

    def before(self, element: CallShared) -> tuple[Scope, ...]:
        """The uses that come first though no value says so, as the first instance has them.

        `Disagreement` where instances differ, or where what comes first may not be there.
        """
        element.fact(self._named, "the use of the layer that comes before")
        (first, *_) = element.instances
        assert isinstance(first, Scope)
        for scope in self._before[first]:
            for condition, arm in self._arms[self._calls[scope]]:
                if (condition, arm) not in self._arms[element]:
                    raise Disagreement(condition, lambda _: None, "what is called before")
        return self._before[first]

    def awaited(self) -> set[Variable]:
        """The values that others wait for."""
        scopes = {one for found in self._before.values() for one in found}
        return {variable for one in scopes for variable in self._calls[one].outputs}

    def _collect(self, body: Body, arms: list[tuple[Element, Body]]) -> None:
        for element in body.elements:
            if isinstance(element, CallShared):
                self._arms[element] = arms
                self._calls |= {one: element for one in element.instances if isinstance(one, Scope)}
            for inner in parts(element):
                more = [(element, inner)] if _conditional(element) else []
                self._collect(inner, [*arms, *more])

    def _waits(self, use: Scope) -> Iterator[Scope]:
        """The last uses before this one that nothing it takes depends on."""
        around = next(self._around(use.parent), None)
        found = set()
        for node in _stateful(use):
            earlier = (call for user in _earlier(node) for call in [self._beside(user, around)])
            last = next((one for one in earlier if one is not use), None)
            if last is not None and last not in found and not _depends(use, last):
                found.add(last)
                yield last

    def _beside(self, node: Node, around: Scope | None) -> Scope | None:
        """The call that a node is part of, among those in the call `around` or in none."""
        calls = list(self._around(node.scope))
        if around is None:
            return calls[-1] if calls else None
        return calls[calls.index(around) - 1] if around in calls[1:] else None

    def _around(self, scope: Scope | None) -> Iterator[Scope]:
        """The calls that a scope is part of, innermost first."""
        while scope is not None:
            if scope in self._calls:
                yield scope
            scope = scope.parent

    def _named(self, use: Node | Scope) -> tuple[str, ...]:
        """What comes before, by its path in the code around, in which instances are alike."""
        assert isinstance(use, Scope)
        around = use.parent or use
        while around.parent is not None and not around.definition and around not in self._calls:
            around = around.parent
        size = len(around.path)
        paths = [one.path for one in self._before[use]]
        return tuple(spell(one[size:] if one[:size] == around.path else one) for one in paths)


def _conditional(element: Element) -> bool:
    if isinstance(element, Join):
        return any(branch.present is not None for branch in element.branches)
    return isinstance(element, Choice)


def _stateful(use: Scope) -> Iterator[Node]:
    for node in use.walk():
        if isinstance(node, Node) and any(_shared(one) for one in node.weights.values()):
            yield node


def _earlier(node: Node) -> Iterator[Node]:
    """The uses of its statistics before, the last one first."""
    users = next(one.users for one in node.weights.values() if _shared(one))
    place = users.index(node) if node in users else 0
    yield from reversed(users[:place])


def _shared(weight: Weight) -> bool:
    return not weight.trainable and len(weight.users) > 1


def _depends(use: Scope, earlier: Scope) -> bool:
    """Whether what comes into a use is made of what an earlier one gave."""
    stack, seen = list(use.incoming), set[Value]()
    while stack:
        value = stack.pop()
        if value in earlier.outgoing:
            return True
        if value not in seen and value.node is not None:
            stack += value.node.inputs
        seen.add(value)
    return False
