"""Writes the elements of a body into the constructor and the forward pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, reduce

from archspec.ir import Node, Scope
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
    SharedLayer,
)
from archspec.lowering.planner import NotLowerable
from archspec_torch.form import Form
from archspec_torch.writing import chain, choices, joins, loops
from archspec_torch.writing.inner import calls_shared, write_inner
from archspec_torch.writing.items import (
    Labelled,
    Maker,
    is_single,
    leaf_makers,
    only,
    parameter_maker,
)
from archspec_torch.writing.passing import Build, Passing
from archspec_torch.writing.place import At, Place
from archspec_torch.writing.values import outside, start

FOLDED = 3
"""How many steps of a block may be written as one nested call."""


class Forward(Passing):
    """Writes one class's forward pass, and with it the attributes that it uses."""

    def body(self, body: Body, place: Place) -> None:
        """All elements in order, but those that only training needs, which come last."""
        steps = sum(not isinstance(element, Let) for element in body.elements)
        place = replace(place, fold=steps <= FOLDED and not place.top)
        self.writer.bodies.append(body)
        for element in body.elements:
            if self.training or not element.training_only:
                self.element(element, place)
        self.writer.bodies.pop()

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
        # What is written here alone names what the module keeps.
        here = all(one.function is not None and not one.weights for one in form.modules)
        form = self.writer.lower(element, use=True, forward=here)
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
        return self.writer.register(place, name, only(item), lambda k: item.makers(k)[0])

    def _declare(self, element: Declare, place: Place) -> None:
        layer = element.layer
        place = replace(place, at=_of_uses(layer, place.at, self.writer.bodies[-1].scopes))
        first = layer.body.incoming[0]
        if chain.plain(layer.body, self.writer, first):
            self.writer.shared[id(layer)] = self.attribute(layer.body, place, layer.name)
            return
        if outside(layer.body):
            raise NotLowerable(layer.instances[0], "a value from outside it")
        if calls_shared(layer.body):
            raise NotLowerable(layer.instances[0], "another layer that is shared")
        part = write_inner(self.writer, layer.body, layer.name)
        access = self.writer.register(place, layer.name, part.text, part.inside)
        self.writer.shared[id(layer)] = access

    def _group(self, element: Group, place: Place) -> None:
        name = element.segment + numbers(element)
        first = start(element, element.body)
        plain = chain.plain(element.body, self.writer, first)
        if name and plain and not self.is_function(element.body):
            access = self.attribute(element.body, place, name)
            self.express(element, place, lambda texts: f"{access}({texts[0]})")
            return
        self.enter(element.inputs, element.body)
        for reference, output in zip(element.body.results, element.outputs, strict=True):
            if output.label is not None:
                self.writer.hints[id(reference.variable)] = output.label
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

    def attribute(self, body: Body, place: Place, name: str) -> str:
        """A plain body as one attribute."""
        items = chain.items(body, self.writer)
        if is_single(items):
            single = [item for item in items if item.texts() != []]
            text = only(single[0])
            return self.writer.register(place, name, text, lambda k: single[0].makers(k)[0])
        whole = Labelled(items, False, self.writer.scope.names.take)
        texts = whole.texts()
        text = texts[0] if texts is not None else whole.build(place.init, "layers")
        return self.writer.register(place, name, text, lambda k: whole.makers(k)[0])


def numbers(element: Element) -> str:
    """What stands behind a name where a loop was unrolled."""
    found = [getattr(index, "value", None) for index in element.indices]
    return "".join(f"_{one}" for one in found if one is not None)


def _of_uses(layer: SharedLayer, at: At, scopes: Sequence[Scope]) -> At:
    """All uses of a layer that stand in the scope where it is declared."""
    uses: dict[int, list[int]] = {}
    for number, use in enumerate(layer.instances):
        around: Scope | None = use
        while around is not None:
            uses.setdefault(id(around), []).append(number)
            around = around.parent
    return lambda k: [(s, use) for s, one in at(k) for use in uses.get(id(scopes[one]), ())]


def _called(access: str, text: str) -> str:
    return f"{access}({text})"


def _leaf(element: Apply, form: Form, number: int) -> Callable[[int], Maker]:
    def maker(instance: int) -> Maker:
        node = element.instances[instance]
        assert isinstance(node, Node)
        return leaf_makers(node, form)[number]

    return maker
