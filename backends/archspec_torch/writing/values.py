"""Which text stands for which value while a forward pass is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from archspec.lowering.contents import parts
from archspec.lowering.plan import (
    Body,
    Definition,
    Element,
    Reference,
    Variable,
)


def references(body: Body) -> Iterator[Reference]:
    """All uses of values in a body and below, by what computes with them.

    A group, loop, choice or join does not use the values that its bodies take from outside.
    """
    for element in body.elements:
        inner = [one for part in parts(element) for one in references(part)]
        yield from inner
        if inner:
            passed = {id(one.variable) for one in inner}
            passed |= {id(one) for part in parts(element) for one in part.incoming}
            yield from (one for one in element.inputs if id(one.variable) not in passed)
            for part in parts(element):
                yield from (one for one, _ in read_twice(element.inputs, part))
        else:
            yield from element.inputs
    yield from body.results


def read_twice(inputs: Sequence[Reference], body: Body) -> Iterator[tuple[Reference, Variable]]:
    """Values that a body reads both as what comes in, with that variable, and by their names."""
    read = {id(one.variable) for one in references(body)}
    for reference, variable in zip(inputs, body.incoming, strict=False):
        both = {id(reference.variable), id(variable)}
        if len(both) == 2 and both <= read:
            yield reference, variable


def elements(body: Body) -> Iterator[Element]:
    """All elements in a body and below."""
    for element in body.elements:
        yield element
        for inner in parts(element):
            yield from elements(inner)


def start(element: Element, body: Body) -> Variable | None:
    """What the only value that goes into an element is called inside its body."""
    if len(element.inputs) != 1 or element.inputs[0].indices:
        return None
    given = element.inputs[0].variable
    if any(one.variable is given for one in references(body)):
        return given
    return body.incoming[0] if len(body.incoming) == 1 else None


def outside(body: Body) -> list[Variable]:
    """Values that a body takes from outside, other than what it starts from."""
    inside = {id(variable) for variable in body.incoming}
    inside |= {
        id(variable) for one in elements(body) for part in parts(one) for variable in part.incoming
    }
    made = {id(output) for one in elements(body) for output in one.outputs}
    found = {}
    for reference in references(body):
        variable = reference.variable
        if id(variable) not in inside | made:
            found[id(variable)] = variable
    return list(found.values())


class Values:
    """Texts of values, how often each is still needed, and the names of variables.

    A text that is no plain name is an expression that is not yet assigned; it is written where
    the value is used, or assigned first.
    """

    def __init__(self, definition: Definition) -> None:
        self._texts: dict[int, str] = {}
        self._uses: Counter[int] = Counter()
        for body in (definition.body, *(layer.body for layer in definition.layers)):
            self._uses.update(id(one.variable) for one in references(body))
        self._uses.update(id(one.variable) for one in definition.training_results)
        for element in elements(definition.body):
            if element.outputs and not any(self._uses[id(one)] for one in element.outputs):
                # What nobody takes up is not used by being a result.
                for body in parts(element):
                    self._uses.subtract(id(one.variable) for one in body.results)
        self._left = Counter(self._uses)
        self._live: dict[int, None] = {}
        self.pending: list[str] = []
        """Expressions that are used up but not yet written."""

    def uses(self, variable: Variable) -> int:
        """How often the value is used in all."""
        return self._uses[id(variable)]

    def set(self, variable: Variable, text: str) -> None:
        """The value is this expression from now on."""
        self._texts[id(variable)] = text
        self._note(id(variable))

    def _note(self, key: int) -> None:
        if self._left[key] > 0 and key in self._texts:
            self._live[key] = None
        else:
            self._live.pop(key, None)

    def waits(self, variable: Variable) -> bool:
        """Whether the value is known, but not yet assigned."""
        return not is_name(self._texts.get(id(variable), "x"))

    def peek(self, variable: Variable) -> str:
        """The expression of the value."""
        return self._texts[id(variable)]

    def texts(self, inputs: Sequence[Reference]) -> list[str]:
        """The expressions of values, for `restore`."""
        return [self._texts[id(one.variable)] for one in inputs]

    def restore(self, inputs: Sequence[Reference], texts: Sequence[str]) -> None:
        """The expressions that values had before."""
        for one, text in zip(inputs, texts, strict=True):
            self._texts[id(one.variable)] = text

    def use(self, variable: Variable) -> str:
        """The expression of the value, once used."""
        self._left[id(variable)] -= 1
        self._note(id(variable))
        return self._texts[id(variable)]

    def hold(self, variable: Variable, count: int = 1) -> None:
        """Keeps the value in its variable (or, with -1, lets it go)."""
        self._left[id(variable)] += count
        self._note(id(variable))

    def free(self, name: str, but: Variable) -> bool:
        """Whether no other value that is still needed is written with this name."""
        word = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
        texts = [self._texts[key] for key in self._live if key != id(but)]
        return not any(map(word.search, [*texts, *self.pending]))


def is_name(text: str) -> bool:
    """Whether the expression may be written again and again: a name, or an attribute of self."""
    return text.removeprefix("self.").isidentifier()
