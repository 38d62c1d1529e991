"""Which text stands for which value while a forward pass is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from archspec.lowering.plan import (
    Body,
    Choice,
    Definition,
    Element,
    Group,
    Join,
    Loop,
    Reference,
    Variable,
)


def bodies(element: Element) -> Iterator[Body]:
    """The bodies directly inside an element."""
    match element:
        case Group(body=body) | Loop(body=body):
            yield body
        case Choice(then=then, otherwise=otherwise):
            yield then
            yield otherwise
        case Join(branches=branches):
            for branch in branches:
                yield branch.body


def references(body: Body) -> Iterator[Reference]:
    """All uses of values in a body and below."""
    for element in body.elements:
        yield from element.inputs
        for inner in bodies(element):
            yield from references(inner)
    yield from body.results


class Values:
    """Texts of values, how often each is still needed, and the names of variables.

    A text that is no plain name is an expression that is not yet assigned; it is written where
    the value is used, or assigned first.
    """

    def __init__(self, definition: Definition) -> None:
        self._texts: dict[int, str] = {}
        self._uses: Counter[int] = Counter()
        for reference in (*references(definition.body), *definition.training_results):
            self._uses[id(reference.variable)] += 1
        self._left = Counter(self._uses)

    def uses(self, variable: Variable) -> int:
        """How often the value is used in all."""
        return self._uses[id(variable)]

    def set(self, variable: Variable, text: str) -> None:
        """The value is this expression from now on."""
        self._texts[id(variable)] = text

    def peek(self, variable: Variable) -> str:
        """The expression of the value."""
        return self._texts[id(variable)]

    def use(self, variable: Variable) -> str:
        """The expression of the value, once used."""
        self._left[id(variable)] -= 1
        return self._texts[id(variable)]

    def hold(self, variable: Variable, count: int = 1) -> None:
        """Keeps the value in its variable (or, with -1, lets it go)."""
        self._left[id(variable)] += count

    def free(self, name: str) -> bool:
        """Whether no value that is still needed is written with this name."""
        word = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
        return not any(
            self._left[key] > 0 and word.search(text) for key, text in self._texts.items()
        )


def is_name(text: str) -> bool:
    """Whether the expression may be written again and again: a name, or an attribute of self."""
    return text.removeprefix("self.").isidentifier()
