"""What is known only when a whole definition is planned."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.analyses.needed import needed
from archspec.ir import Node
from archspec.lowering.contents import all_bodies
from archspec.lowering.plan import (
    Body,
    Definition,
    Element,
    Join,
    Loop,
    Plan,
    Reference,
    Variable,
)
from archspec.lowering.planning.sharing import share_channels


def finish(plan: Plan) -> None:
    """Mark values that are read later, lists that are read, and what only training needs."""
    for definition in plan.definitions:
        read = {id(one.variable) for one in _references(definition)}
        for body in all_bodies(definition):
            _prune(body, read)
        _mark(definition)
        share_channels(definition)
    if plan.graph.training_outputs:
        kept = set(needed(plan.graph))
        for definition in plan.definitions:
            for body in all_bodies(definition):
                for element in body.elements:
                    element.training_only = _only_training(element, kept)


def _references(definition: Definition) -> Iterator[Reference]:
    for body in all_bodies(definition):
        for element in body.elements:
            yield from element.inputs
            if isinstance(element, Join):
                yield from element.apply.inputs
        yield from body.results
    yield from definition.training_results


def _prune(body: Body, read: set[int]) -> None:
    for element in body.elements:
        if isinstance(element, Loop):
            element.lists = tuple(pair for pair in element.lists if id(pair[1]) in read)
            # What a list is made of is read too: for a list of lists, the inner one.
            read |= {id(one) for one, _ in element.lists}


def _only_training(element: Element, kept: set[Node]) -> bool:
    nodes = [
        node
        for one in element.instances
        for node in ([one] if isinstance(one, Node) else one.walk())
        if isinstance(node, Node)
    ]
    return bool(nodes) and not any(node in kept for node in nodes)


def _mark(definition: Definition) -> None:
    """A value is read later if anything but the next element of a body reads it."""
    later: set[int] = {id(one.variable) for one in definition.training_results}
    for body in all_bodies(definition):
        _mark_body(body, later)
    for variable in _variables(definition):
        variable.read_later = id(variable) in later


def _mark_body(body: Body, later: set[int]) -> None:
    current: set[int] = {id(one) for one in body.incoming}
    for element in body.elements:
        used = {id(one.variable) for one in element.inputs}
        later |= used - current
        if isinstance(element, Join) and len(element.branches) > 1:
            later |= used
        if element.outputs or element.inputs:
            current = {id(one) for one in element.outputs}
    later |= {id(one.variable) for one in body.results} - current


def _variables(definition: Definition) -> Iterator[Variable]:
    yield from definition.inputs
    for body in all_bodies(definition):
        yield from body.incoming
        for element in body.elements:
            yield from element.outputs
            if isinstance(element, Loop):
                for one, listed in element.lists:
                    yield one
                    yield listed
