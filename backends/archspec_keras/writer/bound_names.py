"""Finds the names that a definition binds inside."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.lowering.contents import all_bodies
from archspec.lowering.plan import Body, Definition, Join, Let, Loop


def bound_names(definition: Definition) -> set[str]:
    """`let`s, loop variables, and carried channels; not the counters that the plan has made up."""
    found = lets(definition)
    for body in all_bodies(definition):
        for loop in loops(body):
            found |= loop_names(loop)
            if loop.counts:
                found.add(loop.counter)
            if loop.carried is not None:
                found.add(loop.carried.name)
    return found


def lets(definition: Definition) -> set[str]:
    """The names of all `let`s."""
    return {
        element.name
        for body in all_bodies(definition)
        for element in body.elements
        if isinstance(element, Let)
    }


def loops(body: Body) -> Iterator[Loop]:
    """The loops that are elements of a body, or branches of its joins."""
    for element in body.elements:
        if isinstance(element, Loop):
            yield element
        elif isinstance(element, Join):
            yield from (one.loop for one in element.branches if one.loop is not None)


def loop_names(loop: Loop) -> set[str]:
    """The names that the spec gives what a loop runs over."""
    return set() if loop.target is None else set(loop.target.names())
