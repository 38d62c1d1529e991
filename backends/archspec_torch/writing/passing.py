"""How values go from one element to the next: as expressions, or in variables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from archspec.lowering.plan import Apply, Body, Element, Reference, Variable
from archspec_torch.lowering import find
from archspec_torch.writing.place import Place
from archspec_torch.writing.values import Values, is_name, read_twice, references

if TYPE_CHECKING:
    from archspec_torch.writing.writer import ClassWriter

WIDTH, DEPTH = 84, 3
"""How long and how deeply nested an expression may be before part of it gets a name."""

Build = Callable[[Sequence[str]], str]
"""Writes an expression from those of its inputs."""


class Passing:
    """Reads and assigns values; `training` while what only training needs is written."""

    def __init__(self, writer: ClassWriter) -> None:
        self.writer = writer
        self.values: Values = writer.values
        self.training = False

    def enter(self, inputs: Sequence[Reference], body: Body) -> None:
        """Gives a body the values that it starts from."""
        inside = {id(one.variable) for one in references(body)}
        inside |= {id(variable) for variable in body.incoming}
        for reference, variable in zip(inputs, body.incoming, strict=False):
            if id(reference.variable) not in inside:
                self.values.set(variable, self.read(reference))
        for reference, variable in read_twice(inputs, body):
            self.values.set(variable, self.read(reference))

    def settled(self, reference: Reference, place: Place) -> None:
        """Makes sure that a value can be written several times."""
        text = self.values.peek(reference.variable)
        if not is_name(text):
            self.assign(reference.variable, text, place)

    def leave(self, body: Body, outputs: Sequence[Variable], place: Place) -> None:
        """Makes the results of a body those of the element around it."""
        for reference, output in zip(body.results, outputs, strict=True):
            if reference.variable is not output:
                self.produce(output, self.read(reference), place)

    def read(self, reference: Reference) -> str:
        """The expression of a value, once used."""
        text = self.values.use(reference.variable)
        for index in reference.indices:
            text += f"[{self.writer.scope.write_forward(index)}]"
        return text

    def express(self, element: Element, place: Place, build: Build) -> None:
        """Computes the outputs, from inputs that stay expressions where that reads well."""
        texts = self.batched(element, [self.read(one) for one in element.inputs])
        text = build(texts)
        if not _reads_well(element, texts, text, place):
            text = build(self.settle(element.inputs, texts, place))
        if len(element.outputs) == 1:
            self.produce(element.outputs[0], text, place)
        else:
            self._several(element, text, place)

    def batched(self, element: Element, texts: Sequence[str]) -> list[str]:
        """Learned values have a batch axis of size 1, which most ops must see in full."""
        alone = all(text in self.writer.unbatched for text in texts)
        if isinstance(element, Apply) and stretches(element.op.name) and not alone:
            return list(texts)
        return [
            self.expanded(reference, text)
            for reference, text in zip(element.inputs, texts, strict=True)
        ]

    def expanded(self, reference: Reference, text: str) -> str:
        """A learned value for every sample, any other value as it is."""
        if text not in self.writer.unbatched:
            return text
        shape = reference.shapes or reference.variable.shapes
        return f"{text}.expand({self.writer.first}.shape[0]{', -1' * len(shape[0])})"

    def settle(self, inputs: Sequence[Reference], texts: Sequence[str], place: Place) -> list[str]:
        """Assigns expressions to variables; returns their names."""
        found: list[str] = []
        several = sum(not is_name(text) for text in texts) > 1
        for number, (reference, text) in enumerate(zip(inputs, texts, strict=True)):
            if is_name(text) or reference.indices:
                found.append(text)
                continue
            others = [*found, *texts[number + 1 :]]
            found.append(self.assign(reference.variable, text, place, others, several))
        return found

    def produce(self, variable: Variable, text: str, place: Place) -> None:
        """The value is this expression; assigned where it is used more than once."""
        self.values.set(variable, text)
        listed = self.writer.lists.get(id(variable))
        if (self.values.uses(variable) > 1 or listed) and not is_name(text):
            text = self.assign(variable, text, place)
        if listed:
            place.forward.add(f"{listed}.append({text})")

    def assign(
        self,
        variable: Variable,
        text: str,
        place: Place,
        others: Iterable[str] = (),
        several: bool = False,
    ) -> str:
        """Assigns the expression of a value to a variable; returns its name.

        With `several` it is one of those that an op takes, and keeps its name if it has one.
        """
        if several and variable.label is not None:
            name = self.own(variable, variable.label, others)
        else:
            name = self.variable_name(variable, place, others)
        place.forward.add(f"{name} = {text}{self.shape(variable, place)}")
        self.values.set(variable, name)
        return name

    def variable_name(self, variable: Variable, place: Place, others: Iterable[str]) -> str:
        """The variable for a value: its own where it has a name, else one that is free."""
        own = variable.label is not None and self.values.uses(variable) > 1
        if own and variable.label is not None and not self.writer.lists.get(id(variable)):
            return self.own(variable, variable.label, others)
        flow = next(self.writer.flows(place.flow))
        if variable.label is not None and not self.values.free(flow, variable):
            return self.own(variable, variable.label, others)
        return self.free_flow(variable, place, others)

    def own(self, variable: Variable, label: str, others: Iterable[str] = ()) -> str:
        """The variable of a named value; rounds that are written out share a name."""
        return self._first_free(self.writer.owned(label), variable, others)

    def free_flow(self, variable: Variable, place: Place, others: Iterable[str] = ()) -> str:
        """A variable without a name of its own that nothing needs any more."""
        return self._first_free(self.writer.flows(place.flow), variable, others)

    def _first_free(self, names: Iterable[str], variable: Variable, others: Iterable[str]) -> str:
        mentioned = set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", " ".join(others)))
        for name in names:
            if name not in mentioned and self.values.free(name, variable):
                return name
        raise AssertionError("there is always one more name")

    def _several(self, element: Element, text: str, place: Place) -> None:
        names: list[str] = []
        for variable in element.outputs:
            used = self.values.uses(variable) > 0
            label = variable.label or self.writer.hints.get(id(variable), "part")
            name = self.own(variable, label) if used else "_"
            self.values.set(variable, name)
            names.append(name)
        place.forward.add(f"{', '.join(names)} = {text}")

    def shape(self, variable: Variable, place: Place) -> str:
        """A comment with the shape, in the network's own lines."""
        if not place.top or len(set(variable.shapes)) != 1:
            return ""
        *sizes, channels = variable.shapes[0]
        shape = f"(N, {', '.join(map(str, (channels, *sizes)))})"
        if shape == self.writer.last_shape:
            return ""
        self.writer.last_shape = shape
        return f"  # {shape}"


def depth(text: str) -> int:
    """How deep calls are nested."""
    deepest = now = 0
    for letter in text:
        now += (letter == "(") - (letter == ")")
        deepest = max(deepest, now)
    return deepest


def stretches(op: str) -> bool:
    """Whether the op takes values with a batch axis of size 1 as they are."""
    lowering = find(op)
    return lowering is not None and lowering.stretches


def _reads_well(element: Element, texts: Sequence[str], text: str, place: Place) -> bool:
    """Whether inputs that are expressions may stand inside the text."""
    if all(is_name(one) for one in texts):
        return True
    if not place.fold:
        activation = isinstance(element, Apply) and element.op.activation
        return activation and depth(text) <= 2 and len(text) <= WIDTH
    return depth(text) <= DEPTH and len(text) <= WIDTH
