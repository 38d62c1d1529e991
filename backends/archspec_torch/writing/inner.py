"""A body that is no chain of modules as a class of its own, a part of the class around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archspec.lowering.plan import (
    Body,
    CallShared,
    Choice,
    Declare,
    Definition,
    Element,
    Join,
    Loop,
)
from archspec_torch.writing import chain
from archspec_torch.writing.items import Item, Maker
from archspec_torch.writing.values import elements, outside, start

if TYPE_CHECKING:
    from archspec_torch.writing.writer import ClassWriter


@dataclass(eq=False)
class Part(Item):
    """One module of an inner class."""

    text: str
    inside: Callable[[int], Maker]

    def texts(self) -> list[str]:
        """The constructor call."""
        return [self.text]

    def makers(self, instance: int) -> list[Maker]:
        """What is inside."""
        return [self.inside(instance)]


def separable(body: Body) -> bool:
    """Whether the body can be a class: it takes what comes in and nothing else."""
    one = len(body.incoming) == 1 and len(body.results) == 1
    return one and not outside(body) and not calls_shared(body)


def calls_shared(body: Body) -> bool:
    """Whether the body uses a layer that is declared outside of it."""
    inside = list(elements(body))
    own = {id(one.layer) for one in inside if isinstance(one, Declare)}
    return any(isinstance(one, CallShared) and id(one.layer) not in own for one in inside)


def intricate(body: Body, writer: ClassWriter) -> bool:
    """Whether lists of modules, walked side by side, cannot express the body."""
    return any(_is_intricate(element, writer) for element in elements(body))


def _is_intricate(element: Element, writer: ClassWriter) -> bool:
    match element:
        case Loop(body=body, lists=lists):
            return bool(lists) or not chain.plain(body, writer, start(element, body))
        case Choice():
            return not chain.plain_arms(element, writer)
        case Join(branches=branches):
            return any(one.loop is not None or one.present is not None for one in branches)
    return False


def write_inner(writer: ClassWriter, body: Body, name: str) -> Part:
    """The body as a class; `name` is that of its place."""
    from archspec_torch.writing.classes import write_class

    definition = Definition(
        f"{writer.definition.name}_{name}",
        "block",
        None,
        (),
        body.incoming,
        body,
        (),
        body.scopes,
    )
    written = write_class(writer.file, definition, writer)
    writer.before.append(written.text)
    arguments = [writer.scope.write(code) for code in written.frees]
    return Part(
        f"{written.name}({', '.join(arguments)})",
        lambda number: lambda path: written.modules(number, f"{path}."),
    )
