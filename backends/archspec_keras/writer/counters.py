"""Short names for the numbers of rounds: `i` again where the loop before is over."""

from __future__ import annotations

from collections.abc import Iterator, Set

from archspec.lowering.plan import Body, Definition, Join, Let, Loop
from archspec.lowering.planning.work import COUNTERS
from archspec_keras.writer.liveness import inner_bodies, parts
from archspec_keras.writer.names import Names


def shorten_counters(definition: Definition, names: Names) -> None:
    """Give the counters that the plan has made up the first letters that are free.

    In the plan each has a letter of its own.
    """
    bodies = (definition.body, *(layer.body for layer in definition.layers))
    loops = [one for body in bodies for inner in inner_bodies(body) for one in _loops(inner)]
    lasting = {one.name for one in definition.parameters} | _lets(bodies)
    passing = {one for loop in loops for one in _bound(loop)} - lasting
    letters = [
        one
        for one in COUNTERS
        if not names.in_use(one) or (one in passing and names.python(one) == one)
    ]

    def shorten(body: Body, around: Set[str]) -> None:
        for loop in _outermost(body):
            if not loop.counts:
                inside = {one for inner in _inside(loop) for one in _bound(inner)}
                taken = {*around, *_bound(loop), *inside}
                letter = next((one for one in letters if one not in taken), None)
                names.alias(loop.counter, letter or names.fresh(loop.counter))
            shorten(loop.body, {*around, *_bound(loop), names.python(loop.counter)})

    for body in bodies:
        shorten(body, frozenset())


def _bound(loop: Loop) -> Set[str]:
    """The names that the spec gives what a loop runs over."""
    return set() if loop.target is None else set(loop.target.names())


def _inside(loop: Loop) -> Iterator[Loop]:
    for body in inner_bodies(loop.body):
        yield from _loops(body)


def _loops(body: Body) -> Iterator[Loop]:
    """The loops that are elements of a body, or branches of its joins."""
    for element in body.elements:
        if isinstance(element, Loop):
            yield element
        elif isinstance(element, Join):
            yield from (one.loop for one in element.branches if one.loop is not None)


def _outermost(body: Body) -> Iterator[Loop]:
    """The loops of a body that stand in no other one."""
    for element in body.elements:
        if isinstance(element, Loop):
            yield element
        elif isinstance(element, Join):
            for branch in element.branches:
                if branch.loop is not None:
                    yield branch.loop
                else:
                    yield from _outermost(branch.body)
        else:
            for inner in parts(element):
                yield from _outermost(inner)


def _lets(bodies: tuple[Body, ...]) -> set[str]:
    return {
        element.name
        for body in bodies
        for inner in inner_bodies(body)
        for element in inner.elements
        if isinstance(element, Let)
    }
