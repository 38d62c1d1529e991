"""Finds all names that a definition binds inside."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.lowering.plan import Body, Choice, Declare, Definition, Group, Join, Let, Loop


def bound_names(definition: Definition) -> list[str]:
    """`let`s, loop variables, and carried channels; not the counters that the plan has made up."""
    return list(_in_body(definition.body))


def _in_body(body: Body) -> Iterator[str]:
    for element in body.elements:
        match element:
            case Let():
                yield element.name
            case Loop():
                yield from _in_loop(element)
            case Group():
                yield from _in_body(element.body)
            case Choice():
                yield from _in_body(element.then)
                yield from _in_body(element.otherwise)
            case Declare():
                yield from _in_body(element.layer.body)
            case Join():
                for branch in element.branches:
                    yield from _in_body(branch.body)
                    if branch.loop is not None:
                        yield from _in_loop(branch.loop)


def _in_loop(loop: Loop) -> Iterator[str]:
    if loop.counts:
        yield loop.counter
    if loop.target is not None:
        yield from loop.target.names()
    if loop.carried is not None:
        yield loop.carried.name
    yield from _in_body(loop.body)
