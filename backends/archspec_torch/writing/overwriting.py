"""Which activations may write over their input, as PyTorch's own models have it.

The rule asks the text alone, so it holds for whatever arguments a class is given: the step right
before, in the same body, made the value with an op whose result is new and which its gradient
does not read, and nothing else reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archspec.lowering.plan import (
    Apply,
    Argument,
    Body,
    CallDefinition,
    CallParameter,
    Definition,
    Element,
    Join,
    LayerArgument,
    Loop,
    Plan,
)
from archspec.ops.op import Op
from archspec_torch.lowering import find
from archspec_torch.writing.values import bodies, elements, references

Key = tuple[int, str]
"""A layer parameter: the identity of its definition, and its name."""


class Overwriting:
    """`told` are the layer parameters that are called with `inplace=True` somewhere."""

    def __init__(self, plan: Plan) -> None:
        self._steps: set[int] = set()
        self._refused: set[Key] = set()
        self._eager: set[Key] = set()
        self.told: set[Key] = set()
        # Callers come last: what they pass is known before what it is passed to.
        for definition in reversed(plan.definitions):
            self._refuse(definition)
        for definition in plan.definitions:
            self._find(definition)

    def overwrites(self, element: Element) -> bool:
        """Whether the activation may write over its input."""
        return id(element) in self._steps

    def _refuse(self, definition: Definition) -> None:
        for parameter in definition.parameters:
            if parameter.default is not None:
                self._check((id(definition), parameter.name), parameter.default, definition)
        for element in _all(definition):
            if isinstance(element, CallDefinition):
                for name, argument in element.arguments.items():
                    self._check((id(element.definition), name), argument, definition)

    def _check(self, key: Key, argument: Argument, caller: Definition) -> None:
        """Layers that do not know `inplace` keep the parameter from being called with it.

        So do those that only swallow it, as `nn.Identity` does, where nothing else is given.
        """
        for element in _recipe(argument):
            if not self._knows(element, caller, eager=False):
                self._refused.add(key)
            if self._gains(element, caller):
                self._eager.add(key)

    def _gains(self, element: Element, definition: Definition) -> bool:
        if isinstance(element, CallParameter):
            return (id(definition), element.parameter) in self._eager
        return isinstance(element, Apply) and element.op.activation

    def _find(self, definition: Definition) -> None:
        uses = Counter(id(one.variable) for body in _roots(definition) for one in references(body))
        uses.update(id(one.variable) for one in definition.training_results)
        listed = {
            id(one)
            for element in _all(definition)
            if isinstance(element, Loop)
            for one, _ in element.lists
        }
        alone = {key for key, count in uses.items() if count == 1} - listed
        for body in _bodies(definition):
            new = {id(out) for one in body.elements if _is_new(one) for out in one.outputs}
            for element in body.elements:
                taken = {id(one.variable) for one in element.inputs}
                if len(taken) == 1 and taken <= new & alone and self._knows(element, definition):
                    self._steps.add(id(element))
        self._tell(definition)

    def _knows(self, element: Element, definition: Definition, eager: bool = True) -> bool:
        if isinstance(element, CallParameter):
            key = id(definition), element.parameter
            return key not in self._refused and (not eager or key in self._eager)
        return _takes_inplace(element)

    def _tell(self, definition: Definition) -> None:
        for element in _all(definition):
            if isinstance(element, CallParameter) and self.overwrites(element):
                self.told.add((id(definition), element.parameter))
            if isinstance(element, CallDefinition):
                for name, argument in element.arguments.items():
                    for one in _recipe(argument):
                        handed = (id(element.definition), name) in self.told
                        if isinstance(one, CallParameter) and handed:
                            self.told.add((id(definition), one.parameter))


def _roots(definition: Definition) -> list[Body]:
    return [definition.body, *(layer.body for layer in definition.layers)]


def _all(definition: Definition) -> Iterator[Element]:
    for body in _roots(definition):
        yield from elements(body)


def _bodies(definition: Definition) -> Iterator[Body]:
    yield from _roots(definition)
    for element in _all(definition):
        yield from bodies(element)


def _recipe(argument: Argument) -> tuple[Element, ...]:
    return argument.body.elements if isinstance(argument, LayerArgument) else ()


def _takes_inplace(element: Element) -> bool:
    found = find(element.op.name) if isinstance(element, Apply) else None
    return found is not None and found.takes_inplace


def _is_new(element: Element) -> bool:
    if isinstance(element, Join):
        # A single branch, or one beside a missing one, can be a value from before.
        always = all(one.present is None for one in element.branches)
        return always and len(element.branches) > 1 and _makes_new(element.apply.op)
    if not isinstance(element, Apply) or not _makes_new(element.op):
        return False
    return element.op.inputs == (1, 1) or len(element.inputs) > 1


def _makes_new(op: Op) -> bool:
    found = find(op.name)
    return found is not None and found.new
