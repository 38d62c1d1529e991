"""Which values must keep a variable of their own."""

from __future__ import annotations

from archspec.lowering.contents import all_bodies, inner_bodies, parts
from archspec.lowering.plan import Body, Choice, Definition, Element, Join, Loop, Variable


def kept(definition: Definition) -> set[Variable]:
    """Values that anything but the next element of their body reads.

    The branches of a join have variables of their own, so what they start from needs none.
    """
    found = {one.variable for one in definition.training_results}
    for body in all_bodies(definition):
        found |= _kept_in(body)
    return found


def read(definition: Definition) -> set[Variable]:
    """Values that anything reads at all."""
    found = {one.variable for one in definition.training_results}
    for body in all_bodies(definition):
        found |= {one.variable for one in body.results}
        for element in body.elements:
            found |= {one.variable for one in element.inputs}
            if isinstance(element, Join):
                found |= {one.variable for one in element.apply.inputs}
            if isinstance(element, Loop):
                found |= {one for one, _ in element.lists}
    return found


def conditional(definition: Definition) -> set[Variable]:
    """Values that are made under a condition."""
    return {
        variable
        for body in all_bodies(definition)
        for choice in body.elements
        if isinstance(choice, Choice)
        for arm in (choice.then, choice.otherwise)
        for inner in inner_bodies(arm)
        for element in inner.elements
        for variable in element.outputs
    }


def _kept_in(body: Body) -> set[Variable]:
    found: set[Variable] = set()
    current = set(body.incoming)
    for element in body.elements:
        if not element.inputs and not element.outputs:
            continue
        taken = {one.variable for one in element.inputs}
        found |= taken - current
        if len(taken) > 1:
            # What is taken together is told apart by its names.
            found |= {one for one in taken if one.label is not None}
        found |= _read_inside(element) - {one.variable for one in element.inputs}
        current = set(element.outputs)
    return found | ({one.variable for one in body.results} - current)


def _read_inside(element: Element) -> set[Variable]:
    """What the bodies of an element read of the body around."""
    read: set[Variable] = set()
    own: set[Variable] = set()
    for part in parts(element):
        for body in inner_bodies(part):
            own |= set(body.incoming)
            for inner in body.elements:
                read |= {one.variable for one in inner.inputs}
                own |= set(inner.outputs)
    return read - own
