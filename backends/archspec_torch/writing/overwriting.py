"""Which activations may write over their input, as PyTorch's own models have it.

The rule asks the text alone, so it holds for whatever arguments a class is given: a step before,
in the same body, made the value anew and its gradient does not read it, and nothing else reads it.
"""

from __future__ import annotations

from archspec.lowering.contents import all_bodies
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
    Plan,
)
from archspec_torch.lowering import find
from archspec_torch.writing.fresh import Fresh, everything

Key = tuple[int, str]
"""A layer parameter: the identity of its definition, and its name."""


class Overwriting:
    """`told` are the layer parameters that are called with `inplace=True` somewhere."""

    def __init__(self, plan: Plan) -> None:
        self._fresh = Fresh(plan)
        self._whole = Fresh(plan, whole=True)
        self._steps: set[int] = set()
        self._sums: dict[int, int] = {}
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

    def accumulates(self, element: Join) -> int | None:
        """The branch whose value may take up the other one's, if there is one."""
        return self._sums.get(id(element))

    def _refuse(self, definition: Definition) -> None:
        for parameter in definition.parameters:
            if parameter.default is not None:
                self._check((id(definition), parameter.name), parameter.default, definition)
        for element in everything(definition):
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
        for body in all_bodies(definition):
            free = self._fresh.values(body)
            for element in body.elements:
                taken = {id(one.variable) for one in element.inputs}
                if len(taken) == 1 and taken <= free and self._knows(element, definition):
                    self._steps.add(id(element))
                    self._sums.update(self._sum(body, taken))
        self._tell(definition)

    def _sum(self, body: Body, taken: set[int]) -> dict[int, int]:
        """What an activation overwrites may itself be written over one of two branches."""
        for element in body.elements:
            if not isinstance(element, Join) or id(element.outputs[0]) not in taken:
                continue
            found, branches = find(element.apply.op.name), element.branches
            if found is None or found.accumulates is None or len(branches) != 2:
                continue
            if any(one.loop is not None or one.present is not None for one in branches):
                continue
            for number, branch in enumerate(branches):
                if self._whole.ends(branch.body):
                    return {id(element): number}
        return {}

    def _knows(self, element: Element, definition: Definition, eager: bool = True) -> bool:
        if isinstance(element, CallParameter):
            key = id(definition), element.parameter
            return key not in self._refused and (not eager or key in self._eager)
        return _takes_inplace(element)

    def _tell(self, definition: Definition) -> None:
        for element in everything(definition):
            if isinstance(element, CallParameter) and self.overwrites(element):
                self.told.add((id(definition), element.parameter))
            if isinstance(element, CallDefinition):
                for name, argument in element.arguments.items():
                    for one in _recipe(argument):
                        handed = (id(element.definition), name) in self.told
                        if isinstance(one, CallParameter) and handed:
                            self.told.add((id(definition), one.parameter))


def _recipe(argument: Argument) -> tuple[Element, ...]:
    return argument.body.elements if isinstance(argument, LayerArgument) else ()


def _takes_inplace(element: Element) -> bool:
    found = find(element.op.name) if isinstance(element, Apply) else None
    return found is not None and found.takes_inplace
