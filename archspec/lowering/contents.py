"""What elements consist of: the code that they read, and the bodies inside them."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.lowering.plan import (
    Apply,
    Body,
    CallDefinition,
    Choice,
    Code,
    Declare,
    Definition,
    Element,
    Group,
    Join,
    Let,
    Loop,
    Reference,
)


def all_bodies(definition: Definition) -> Iterator[Body]:
    """The bodies of a definition and of the layers that it shares, outer ones first."""
    for body in (definition.body, *(layer.body for layer in definition.layers)):
        yield from inner_bodies(body)


def inner_bodies(body: Body) -> Iterator[Body]:
    """A body and all bodies inside it but those of shared layers, outer ones first."""
    yield body
    for element in body.elements:
        for inner in parts(element):
            yield from inner_bodies(inner)


def bodies(body: Body) -> Iterator[Body]:
    """A body and all bodies inside it, shared layers where they are declared."""
    yield body
    for element in body.elements:
        for inner in parts_and_layer(element):
            yield from bodies(inner)


def parts_and_layer(element: Element) -> tuple[Body, ...]:
    """The bodies of an element, and that of the layer that it declares."""
    return (element.layer.body,) if isinstance(element, Declare) else parts(element)


def parts(element: Element) -> tuple[Body, ...]:
    """The bodies of an element; what it declares stands among the layers of the definition."""
    if isinstance(element, Group | Loop):
        return (element.body,)
    if isinstance(element, Choice):
        return element.then, element.otherwise
    if isinstance(element, Join):
        return tuple(branch.body for branch in element.branches)
    return ()


def carried_names(body: Body) -> set[str]:
    """Names in which loops of the body hand on channels: outside they may be unknown."""
    loops = [e for inner in inner_bodies(body) for e in inner.elements if isinstance(e, Loop)]
    return {one.carried.name for one in loops if one.carried is not None}


def codes(element: Element) -> list[Code]:
    """The code that an element reads itself, but for carried channels and its references."""
    return [*_own(element), *element.indices]


def _own(element: Element) -> list[Code]:
    match element:
        case Apply(attributes=attributes):
            return [*attributes.values()]
        case CallDefinition(arguments=arguments):
            return [one for one in arguments.values() if isinstance(one, Code)]
        case Let(value=value):
            return [value]
        case Loop(iterable=iterable, count=count):
            return [one for one in (iterable, count) if one is not None]
        case Choice(condition=condition):
            return [condition]
        case Join():
            return _of_join(element)
    return []


def _of_join(join: Join) -> list[Code]:
    found = [*join.apply.attributes.values()]
    for branch in join.branches:
        if branch.present is not None:
            found.append(branch.present)
        if branch.loop is not None and branch.loop.iterable is not None:
            found.append(branch.loop.iterable)
    return found


def read_by(references: tuple[Reference, ...]) -> list[Code]:
    """The code of references: their indices, and the sizes that can be asked for."""
    return [code for one in references for code in (*one.indices, *one.sizes) if code is not None]
