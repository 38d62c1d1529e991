"""Chains that are made of modules alone, and the items that they become."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from archspec.lowering.contents import parts
from archspec.lowering.plan import (
    Apply,
    Body,
    CallDefinition,
    CallParameter,
    Choice,
    Element,
    Group,
    Let,
    Loop,
    Variable,
)
from archspec_torch.writing.dynamic import Either, Rounds
from archspec_torch.writing.items import (
    Define,
    Inline,
    Item,
    Labelled,
    Leaf,
    Made,
    is_single,
    joined,
    nothing,
)
from archspec_torch.writing.values import references, start

if TYPE_CHECKING:
    from archspec_torch.writing.writer import ClassWriter


def plain(body: Body, writer: ClassWriter, first: Variable | None) -> bool:
    """Whether each step of the body is a module that takes what the one before it gives.

    `first` is what the first one takes.
    """
    if first is None or len(body.results) != 1:
        return False
    current = first
    steps = [one for one in body.elements if not isinstance(one, Let)]
    for element, following in zip_longest(steps, steps[1:]):
        follows = _follows(element, current, following, writer) and _is_module(element, writer)
        if not follows:
            return False
        current = element.outputs[0]
    return body.results[0].variable is current and not body.results[0].indices


def _follows(
    element: Element, current: Variable, following: Element | None, writer: ClassWriter
) -> bool:
    """Whether the element takes `current` alone and gives one value, used by the next alone."""
    if len(element.inputs) != 1 or len(element.outputs) != 1:
        return False
    taken, given = element.inputs[0], element.outputs[0]
    uses = writer.values.uses(given)
    if isinstance(following, Choice) and uses > 1:
        # Both arms take the value, but only one of them runs.
        arms = [one for arm in parts(following) for one in references(arm)]
        uses -= sum(one.variable is given for one in arms) - 1
    return taken.variable is current and not taken.indices and uses == 1


def _is_module(element: Element, writer: ClassWriter) -> bool:
    match element:
        case Apply():
            return bool(writer.lower(element).modules)
        case CallDefinition() | CallParameter():
            return True
        case Group(body=body):
            return plain(body, writer, start(element, body))
        case Loop(body=body, lists=lists):
            return not lists and plain(body, writer, start(element, body))
        case Choice():
            return plain_arms(element, writer)
    return False


def plain_arms(element: Choice, writer: ClassWriter) -> bool:
    """Whether both arms of a choice are plain."""
    return all(plain(body, writer, start(element, body)) for body in parts(element))


def items(body: Body, writer: ClassWriter) -> list[Item]:
    """The items of a plain body."""
    steps = [one for one in body.elements if not isinstance(one, Let)]
    writer.bodies.append(body)
    found = [item(element, writer, alone=len(steps) == 1) for element in body.elements]
    writer.bodies.pop()
    return found


def item(element: Element, writer: ClassWriter, alone: bool = False) -> Item:
    """One step of a plain body; `alone` where it is the only one."""
    match element:
        case Let():
            return Define(element, writer.let(element))
        case Apply():
            form = writer.lower(element, use=True)
            return Leaf(element, form, [module.text for module in form.modules])
        case CallDefinition():
            written = writer.file.written(element.definition)
            return Made(element, writer.call(element), written.inside)
        case CallParameter():
            return Made(element, writer.make(element), lambda _: nothing)
        case Group():
            return group(element, writer)
        case Loop():
            return rounds(element, writer)
        case Choice():
            return either(element, writer, alone)
    raise TypeError(f"{type(element).__name__} is no module")


def group(element: Group, writer: ClassWriter) -> Item:
    """A labelled chain as one module, any other as its steps."""
    inner = items(element.body, writer)
    if not element.labelled:
        return Inline(inner, element)
    return Labelled(inner, is_single(inner), writer.scope.names.take)


def rounds(element: Loop, writer: ClassWriter) -> Rounds:
    """A loop."""
    scope, carried = writer.scope, element.carried
    before = after = None
    if carried is not None:
        name, before = writer.carry(element)
    header = writer.loop_header(element)
    inner = items(element.body, writer)
    if carried is not None:
        following = scope.write(carried.following)
        after = f"{name} = {following}" if following != name else None
    return Rounds(element, inner, header, before, after)


def either(element: Choice, writer: ClassWriter, alone: bool) -> Item:
    """An `if`."""
    condition = writer.text(element, element.condition)
    then, otherwise = items(element.then, writer), items(element.otherwise, writer)
    # Arms that take statements cannot stand in the one expression of a single module.
    alone = alone and joined(then) is not None and joined(otherwise) is not None
    return Either(element, condition, then, otherwise, alone, writer.arms(element))
