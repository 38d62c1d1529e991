"""DefinitionCall: one call of a block or a network in the text."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.binding import match
from archspec.elaborate.evaluate_layer import layer_of
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.module import Module
from archspec.elaborate.op_arguments import Sources, constant
from archspec.elaborate.outputs import results_of
from archspec.elaborate.presets import Presets
from archspec.elaborate.run import refuse
from archspec.elaborate.segments import name_sites
from archspec.elaborate.types import checked, convert
from archspec.elaborate.values import Refused, Values
from archspec.ir import Recipe, ScopeKind

OWN = -1

EXACT: dict[str, type] = {"int": int, "bool": bool, "str": str, "size": int, "layer": Recipe}
"""The class of which a value needs no further check."""

Planned = tuple[str, syntax.Type, syntax.Expression, int, Any, Frame | None]
"""A parameter: where its value is written, the place to evaluate it in (or a frame that is the
same for all instances), and the value itself where it is a constant."""


class DefinitionCall:
    """What is the same for all instances: where each parameter gets its value."""

    __slots__ = ("definition", "home", "plan", "segment", "site")

    def __init__(
        self,
        definition: syntax.Block | syntax.Network,
        home: Module,
        sources: Sources,
        site: syntax.LayerCall,
        frame: Frame,
        presets: Presets | None = None,
    ) -> None:
        self.definition = definition
        self.home = home
        self.site = site
        self.plan: list[Planned] = []
        run = frame.run
        self.segment = run.segments[site]
        name_sites(definition.body, run)
        names = tuple(one.name for one in definition.parameters)
        given = match(frame, f"`{definition.name}`", names, sources)
        missing = []
        for parameter in definition.parameters:
            name, type = parameter.name, parameter.type
            if type.name == "layer":
                run.layer_names.add(name)
            if name in given:
                argument, source = given[name]
                self._add(name, type, argument.value, source, frame)
            elif presets and name in presets:
                argument, where = presets[name]
                self._add(name, type, argument.value, OWN, where.frame, where.frame)
            elif parameter.default is not None:
                self._add(name, type, parameter.default, OWN, home.frame)
            else:
                missing.append(name)
        if missing:
            raise _missing(definition, missing, site, frame)

    def _add(
        self,
        name: str,
        type: syntax.Type,
        value: syntax.Expression,
        source: int,
        frame: Frame,
        there: Frame | None = None,
    ) -> None:
        fixed = constant(value)
        if fixed is not MISSING:
            fixed = checked(type, fixed, value, frame)
        self.plan.append((name, type, value, source, fixed, there))

    def apply(self, frame: Frame, value: Values, frames: tuple[Frame, ...]) -> Values:
        """Elaborate the block with these arguments; `frames` are where they are evaluated."""
        inner = self.inner("block", frame, value, frames)
        result = frame.run.body(inner, self.definition.body, value)
        if inner.run.results:
            inner.outgoing = result = results_of(inner, result)
        return result

    def inner(
        self,
        kind: ScopeKind,
        frame: Frame,
        value: Values,
        frames: tuple[Frame, ...],
    ) -> Frame:
        """The frame of the definition, its parameters bound."""
        inner = frame.inside(kind, self.site, value)
        inner.outer = None
        inner.module = self.home
        inner.definition = self.definition
        inner.enter(self.segment)
        bindings = inner.bindings
        failed = False
        for name, type, expression, source, fixed, there in self.plan:
            if fixed is not MISSING:
                bindings[name] = fixed
                continue
            where = there or (inner if source == OWN else frames[source])
            if expression.__class__ is syntax.Name:
                # Handing on a parameter is what most arguments do.
                handed = where.lookup(expression.name)
                if handed.__class__ is EXACT.get(type.name):
                    bindings[name] = handed
                    continue
            try:
                bindings[name] = (
                    layer_of(expression, where)
                    if type.name == "layer"
                    else convert(type, expression, where)
                )
            except Refused:
                failed = True
        if failed:
            raise Refused
        return inner


def _missing(
    definition: syntax.Block | syntax.Network,
    missing: list[str],
    site: syntax.LayerCall,
    frame: Frame,
) -> Refused:
    listed = " and ".join(f"`{name}`" for name in missing)
    return refuse(frame, "missing-argument", site.name_span, f"`{definition.name}` needs {listed}")
