"""What an element consists of: the code it reads, and the bodies inside it."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.lowering.plan import (
    Apply,
    Body,
    CallDefinition,
    Choice,
    Code,
    Declare,
    Element,
    Group,
    Join,
    Let,
    Loop,
    Reference,
)


def bodies(body: Body) -> Iterator[Body]:
    """A body and all bodies inside it, outer ones first."""
    yield body
    for element in body.elements:
        for inner in parts(element):
            yield from bodies(inner)


def parts(element: Element) -> tuple[Body, ...]:
    """The bodies of an element."""
    if isinstance(element, Group | Loop):
        return (element.body,)
    if isinstance(element, Declare):
        return (element.layer.body,)
    if isinstance(element, Choice):
        return element.then, element.otherwise
    if isinstance(element, Join):
        return tuple(branch.body for branch in element.branches)
    return ()


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
