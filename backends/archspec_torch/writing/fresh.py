"""Which values are new tensors that are read in one place alone, so that this may write over them.

The rule asks the text alone, so it holds for whatever arguments a class is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archspec.lowering.contents import all_bodies
from archspec.lowering.plan import (
    Apply,
    Body,
    CallDefinition,
    CallParameter,
    CallShared,
    Choice,
    Definition,
    Element,
    Group,
    Join,
    LayerArgument,
    Loop,
    Parameter,
    Plan,
)
from archspec.ops.op import Op
from archspec_torch.lowering import find
from archspec_torch.writing.values import references


class Fresh:
    """Asks each definition after those that it calls, as the plan has them.

    With `whole` only those values count that have every sample, whatever they are made of.
    """

    def __init__(self, plan: Plan, whole: bool = False) -> None:
        self._whole = whole
        self._alone: set[int] = set()
        self._definitions: set[int] = set()
        self._handing: dict[int, Parameter] = {}
        for definition in plan.definitions:
            self._alone |= _read_once(definition)
            if self.ends(definition.body):
                self._definitions.add(id(definition))
            elif (parameter := self._last(definition)) is not None:
                self._handing[id(definition)] = parameter

    def values(self, body: Body) -> set[int]:
        """The variables of the body that its own steps make anew, and that are read once."""
        made = {id(out) for one in body.elements if self.makes(one) for out in one.outputs}
        return made & self._alone

    def makes(self, element: Element) -> bool:
        """Whether what the element gives is new, and nothing in it keeps hold of it."""
        match element:
            case Group(body=body):
                return self.ends(body)
            case CallShared(layer=layer):
                return self.ends(layer.body)
            case CallDefinition(definition=definition):
                return id(definition) in self._definitions or self._hands_on(element)
            case Choice():
                return self.ends(element.then) and self.ends(element.otherwise)
            case Join() | Apply():
                return self._is_new(element)
        return False

    def ends(self, body: Body) -> bool:
        """Whether the one result of the body is made anew in it."""
        if len(body.results) != 1:
            return False
        return id(body.results[0].variable) in self.values(body)

    def _last(self, definition: Definition) -> Parameter | None:
        """The layer parameter by which a new value goes before it is the result."""
        body = definition.body
        results = {id(one.variable) for one in body.results} & self._alone
        for element in body.elements:
            if isinstance(element, CallParameter) and {id(element.outputs[0])} == results:
                if id(element.inputs[0].variable) not in self.values(body):
                    return None
                names = {one.name: one for one in definition.parameters}
                return names.get(element.parameter)
        return None

    def _hands_on(self, call: CallDefinition) -> bool:
        """Whether such a parameter is given a layer that does nothing."""
        parameter = self._handing.get(id(call.definition))
        if parameter is None:
            return False
        given = call.arguments.get(parameter.name, parameter.default)
        if not isinstance(given, LayerArgument):
            return False
        (layer,) = given.body.elements
        found = find(layer.op.name) if isinstance(layer, Apply) else None
        return found is not None and found.passes

    def _is_new(self, element: Join | Apply) -> bool:
        if isinstance(element, Join):
            # A single branch, or one beside a missing one, can be a value from before.
            always = all(one.present is None for one in element.branches)
            return always and len(element.branches) > 1 and self._makes_new(element.apply.op)
        if not self._makes_new(element.op):
            return False
        return element.op.inputs == (1, 1) or len(element.inputs) > 1

    def _makes_new(self, op: Op) -> bool:
        found = find(op.name)
        return found is not None and found.new and not (self._whole and found.stretches)


def everything(definition: Definition) -> Iterator[Element]:
    """All elements of a definition."""
    for body in all_bodies(definition):
        yield from body.elements


def _read_once(definition: Definition) -> set[int]:
    roots = (definition.body, *(layer.body for layer in definition.layers))
    uses = Counter(id(one.variable) for body in roots for one in references(body))
    uses.update(id(one.variable) for one in definition.training_results)
    listed = {
        id(one)
        for element in everything(definition)
        if isinstance(element, Loop)
        for one, _ in element.lists
    }
    return {key for key, count in uses.items() if count == 1} - listed
