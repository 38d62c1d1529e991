"""Writes the elements of a body into the constructor and the forward pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING

from archspec.ir import Node
from archspec.lowering.plan import (
    Apply,
    Body,
    CallDefinition,
    CallParameter,
    CallShared,
    Choice,
    Declare,
    Element,
    Group,
    Join,
    Let,
    Loop,
    Reference,
    Variable,
)

from archspec_torch import chain, choices, joins, loops
from archspec_torch.form import Form
from archspec_torch.items import Maker, is_single, leaf_makers, parameter_maker
from archspec_torch.lowering import find
from archspec_torch.naming import plural
from archspec_torch.place import Place
from archspec_torch.values import is_name

if TYPE_CHECKING:
    from archspec_torch.writer import ClassWriter

WIDTH, DEPTH = 84, 3
"""How long and how deeply nested an expression may be before part of it gets a name."""

Build = Callable[[Sequence[str]], str]
"""Writes an expression from those of its inputs."""


class Forward:
    """Writes one class's forward pass, and with it the attributes that it uses."""

    def __init__(self, writer: ClassWriter) -> None:
        self.writer = writer
        self.values = writer.values

    def body(self, body: Body, place: Place) -> None:
        """All elements in order, but those that only training needs."""
        for element in body.elements:
            if not element.training_only:
                self.element(element, place)

    def element(self, element: Element, place: Place) -> None:
        """One element."""
        match element:
            case Let():
                place.init.add(self.writer.let(element)())
            case Declare():
                self._declare(element, place)
            case Apply():
                self._apply(element, place)
            case CallDefinition() | CallParameter() | CallShared():
                self._call(element, place)
            case Group():
                self._group(element, place)
            case Loop():
                loops.write(self, element, place)
            case Choice():
                choices.write(self, element, place)
            case Join():
                joins.write(self, element, place)

    # What an element computes.

    def _apply(self, element: Apply, place: Place) -> None:
        name = element.segment + numbers(element)
        self.express(element, place, self.operation(element, place, name))

    def operation(self, element: Apply, place: Place, name: str) -> Build:
        """The op as an expression of its inputs; its modules become attributes called `name`."""
        form = self.writer.lower(element)
        if form.parameter is not None:
            access = self._parameter(element, form, place, name)
            return lambda texts: access
        if form.function is not None:
            function = self.writer.lower(element, forward=True).function
            assert function is not None
            return lambda texts: function(*texts)
        form = self.writer.lower(element, use=True)
        steps: list[Callable[[str], str]] = []
        for number, module in enumerate(form.modules):
            if module.function is not None and not module.weights:
                steps.append(module.function)
                continue
            label = f"{name}_{module.suffix}" if module.suffix else name
            access = self.writer.register(place, label, module.text, _leaf(element, form, number))
            steps.append(partial(_called, access))
        return lambda texts: reduce(lambda text, step: step(text), steps, texts[0])

    def _parameter(self, element: Apply, form: Form, place: Place, name: str) -> str:
        assert form.parameter is not None
        text, piece = form.parameter

        def maker(instance: int) -> Maker:
            node = element.instances[instance]
            assert isinstance(node, Node)
            return parameter_maker(node, {"value": piece})

        access = self.writer.register(place, name, text, maker)
        self.writer.unbatched.add(access)
        return access

    def _call(self, element: Element, place: Place) -> None:
        access = self._callee(element, place)
        self.express(element, place, lambda texts: f"{access}({', '.join(texts)})")

    def _callee(self, element: Element, place: Place) -> str:
        name = element.segment + numbers(element)
        if isinstance(element, CallShared):
            return self.writer.shared[id(element.layer)]
        assert isinstance(element, CallDefinition | CallParameter)
        item = chain.item(element, self.writer)
        (text,) = item.texts() or ()
        return self.writer.register(place, name, text, lambda k: item.makers(k)[0])

    def _declare(self, element: Declare, place: Place) -> None:
        layer = element.layer
        access = self.attribute(layer.body, place, layer.name)
        if access is None:
            raise NotImplementedError(f"the shared layer {layer.name} is no plain chain")
        self.writer.shared[id(layer)] = access

    def _group(self, element: Group, place: Place) -> None:
        name = element.segment + numbers(element)
        if name and not self.is_function(element.body) and chain.plain(element.body, self.writer):
            access = self.attribute(element.body, place, name)
            self.express(element, place, lambda texts: f"{access}({texts[0]})")
            return
        self.enter(element.inputs, element.body)
        inner = place.inside(name) if name and len(element.body.elements) > 1 else place
        if name and len(element.body.elements) == 1:
            self.named(element.body.elements[0], place, name)
        else:
            self.body(element.body, inner)
        self.leave(element.body, element.outputs, place)

    def named(self, element: Element, place: Place, name: str) -> None:
        """The only element of a label: its attribute has the label's name."""
        if isinstance(element, Apply):
            self.express(element, place, self.operation(element, place, name))
        else:
            self.element(element, place.inside(name))

    def is_function(self, body: Body) -> bool:
        """Whether the body is one op that is written as an expression."""
        if len(body.elements) != 1 or not isinstance(body.elements[0], Apply):
            return False
        return self.writer.lower(body.elements[0]).function is not None

    def attribute(self, body: Body, place: Place, name: str) -> str | None:
        """A plain body as one attribute, None where it is not plain."""
        if not chain.plain(body, self.writer):
            return None
        items = chain.items(body, self.writer)
        if is_single(items):
            (text,) = items[0].texts() or ()
            single = [item for item in items if item.texts() != []]
            return self.writer.register(place, name, text, lambda k: single[0].makers(k)[0])
        whole = chain.Labelled(items, False, self.writer.scope.names.take)
        texts = whole.texts()
        text = texts[0] if texts is not None else whole.build(place.init, plural(name))
        return self.writer.register(place, name, text, lambda k: whole.makers(k)[0])

    # How values go from one element to the next.

    def enter(self, inputs: Sequence[Reference], body: Body) -> None:
        """Gives a body the values that it starts from."""
        texts = [self.read(reference) for reference in inputs]
        for variable, text in zip(body.incoming, texts, strict=False):
            self.values.set(variable, text)

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
        if isinstance(element, Apply) and stretches(element.op.name):
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
        for number, (reference, text) in enumerate(zip(inputs, texts, strict=True)):
            if is_name(text) or reference.indices:
                found.append(text)
                continue
            others = [*texts[:number], *texts[number + 1 :]]
            found.append(self.assign(reference.variable, text, place, others))
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
        self, variable: Variable, text: str, place: Place, others: Iterable[str] = ()
    ) -> str:
        """Assigns the expression of a value to a variable; returns its name."""
        name = self._name(variable, place, others)
        place.forward.add(f"{name} = {text}{self.shape(variable, place)}")
        self.values.set(variable, name)
        return name

    def _name(self, variable: Variable, place: Place, others: Iterable[str]) -> str:
        own = variable.label is not None and self.values.uses(variable) > 1
        if own and variable.label is not None and not self.writer.lists.get(id(variable)):
            return self.writer.local(variable.label)
        mentioned = set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", " ".join(others)))
        for name in self.writer.flows(place.flow):
            if name not in mentioned and self.values.free(name):
                return name
        raise AssertionError("there is always one more name")

    def _several(self, element: Element, text: str, place: Place) -> None:
        names = []
        for variable in element.outputs:
            used = self.values.uses(variable) > 0
            name = self.writer.locals.take(variable.label or "part") if used else "_"
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


def numbers(element: Element) -> str:
    """What stands behind a name where a loop was unrolled."""
    found = [getattr(index, "value", None) for index in element.indices]
    return "".join(f"_{one}" for one in found if one is not None)


def depth(text: str) -> int:
    """How deep calls are nested."""
    deepest = now = 0
    for letter in text:
        now += (letter == "(") - (letter == ")")
        deepest = max(deepest, now)
    return deepest


def _called(access: str, text: str) -> str:
    return f"{access}({text})"


def stretches(op: str) -> bool:
    """Whether the op takes values with a batch axis of size 1 as they are."""
    lowering = find(op)
    return lowering is not None and lowering.stretches


def _reads_well(element: Element, texts: Sequence[str], text: str, place: Place) -> bool:
    """Whether inputs that are expressions may stand inside the text."""
    if all(is_name(one) for one in texts):
        return True
    if place.top:
        activation = isinstance(element, Apply) and element.op.activation
        return activation and depth(text) <= 2 and len(text) <= WIDTH
    return depth(text) <= DEPTH and len(text) <= WIDTH


def _leaf(element: Apply, form: Form, number: int) -> Callable[[int], Maker]:
    def maker(instance: int) -> Maker:
        node = element.instances[instance]
        assert isinstance(node, Node)
        return leaf_makers(node, form)[number]

    return maker
