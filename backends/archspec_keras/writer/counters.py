"""Short names for the numbers of rounds: `i` again where the loop before is over."""

from __future__ import annotations

from collections.abc import Iterator, Set

from archspec.lowering.contents import all_bodies, inner_bodies, parts
from archspec.lowering.plan import Body, Definition, Join, Loop
from archspec.lowering.planning.work import COUNTERS
from archspec_keras.writer.bound_names import lets, loop_names, loops
from archspec_keras.writer.names import Names


def shorten_counters(definition: Definition, names: Names) -> None:
    """Give the counters that the plan has made up the first letters that are free.

    In the plan each has a letter of its own.
    """
    bodies = (definition.body, *(layer.body for layer in definition.layers))
    every = [one for body in all_bodies(definition) for one in loops(body)]
    lasting = {one.name for one in definition.parameters} | lets(definition)
    passing = {one for loop in every for one in loop_names(loop)} - lasting
    letters = [
        one
        for one in COUNTERS
        if not names.in_use(one) or (one in passing and names.python(one) == one)
    ]

    def shorten(body: Body, around: Set[str]) -> None:
        for loop in _outermost(body):
            if not loop.counts:
                inside = {one for inner in _inside(loop) for one in loop_names(inner)}
                taken = {*around, *loop_names(loop), *inside}
                letter = next((one for one in letters if one not in taken), None)
                names.alias(loop.counter, letter or names.fresh(loop.counter))
            shorten(loop.body, {*around, *loop_names(loop), names.python(loop.counter)})

    for body in bodies:
        shorten(body, frozenset())


def _inside(loop: Loop) -> Iterator[Loop]:
    for body in inner_bodies(loop.body):
        yield from loops(body)


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
