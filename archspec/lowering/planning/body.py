"""Bodies, chains and steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.values import ABSENT
from archspec.ir import Node, Scope
from archspec.lowering.plan import Element, Group, Let
from archspec.lowering.planning.absent import absent
from archspec.lowering.planning.calls import Source, call
from archspec.lowering.planning.choices import choice
from archspec.lowering.planning.inputs import network_input
from archspec.lowering.planning.layered import holds_layers
from archspec.lowering.planning.loops import loop
from archspec.lowering.planning.place import Place
from archspec.lowering.planning.references import reference
from archspec.lowering.planning.resolve import resolve, value_code
from archspec.lowering.planning.sizes import unresolved
from archspec.lowering.planning.uses import declare, layer_use
from archspec.lowering.planning.work import Flows, Planned, Work, as_body, children, scopes_at
from archspec.lowering.rewrite import rewrite
from archspec.lowering.values import own_value


def plan_body(work: Work, body: syntax.Body | syntax.Chain, place: Place, flows: Flows) -> Planned:
    """The elements of a body (or of the one chain of a branch), and what it ends in."""
    for scope in place.scopes:
        work.names_at[scope] = place.names
    statements = (body,) if isinstance(body, syntax.Chain) else body.statements
    elements: list[Element] = []
    for statement in statements:
        if work.cut:
            break
        made, flows = _statement(work, statement, place, flows, isinstance(body, syntax.Chain))
        elements += made
    return elements, flows


def _statement(
    work: Work, statement: syntax.Statement, place: Place, flows: Flows, bare: bool
) -> Planned:
    match statement:
        case syntax.Chain():
            return _chain(work, statement, place, flows, bare)
        case syntax.Let(name=name) if any(holds_layers(s.bindings[name]) for s in place.scopes):
            return [], flows
        case syntax.Let(name=name, value=value):
            return _let(work, name, _number(work, value, place, flows), place), flows
        case syntax.Input():
            return [], network_input(work, statement, place, flows)
        case syntax.Output(values=values, when_training=training):
            for one in values:
                found = reference(work, one, place, flows)
                if not absent(found):
                    work.results.append((_result_name(one, place), found, training))
        case syntax.LayerInstance():
            return declare(work, statement, place, flows)
    return [], flows


def _result_name(code: syntax.Expression, place: Place) -> str:
    """The name of a result: `aux` for the value `aux`, `down_0` for `down[0]`."""
    if isinstance(code, syntax.Name):
        return code.name
    if not isinstance(code, syntax.Index):
        return "output"
    name = _result_name(code.base, place)
    numbers = {
        range(len(own_value(code.base, eye)))[own_value(code.index, eye)] for eye in place.eyes
    }
    return f"{name}_{numbers.pop()}" if len(numbers) == 1 else name


def _number(work: Work, value: syntax.Expression, place: Place, flows: Flows) -> syntax.Expression:
    """The code of a `let`, with numbers for sizes that only the values have."""

    def replace(part: syntax.Expression) -> syntax.Expression | None:
        if isinstance(part, syntax.Attribute) and unresolved(part, work.inputs):
            return value_code(work, part, place, flows)
        return None

    return rewrite(resolve(work, value, place, flows), replace)


def _let(work: Work, name: str, code: syntax.Expression, place: Place) -> list[Element]:
    """A `let`; under another name where its own has a meaning around it."""
    if place.foreign:
        place.names.fixed[name] = code
        return []
    written = work.own_name(name, place.names, [(one, one.bindings[name]) for one in place.scopes])
    place.names.lets[written] = code
    return [Let("", (), (), (), name=written, value=code)]


def _chain(work: Work, chain: syntax.Chain, place: Place, flows: Flows, bare: bool) -> Planned:
    if not chain.labels or bare:
        return _steps(work, chain, place, flows)
    scopes = scopes_at(place, chain)
    if not scopes:
        work.cut = True
        return [], flows
    inner = place.inside(scopes, segment=True)
    for scope in scopes:
        work.names_at[scope] = inner.names
    starts = flows
    if chain.origins:
        flows = tuple(reference(work, one, inner, flows) for one in chain.origins)
        starts = tuple(work.flow(flow.sizes, flow.values, inner) for flow in flows)
    elements, ended = _through(work, chain, inner, starts)
    results = _outside(work, ended, place, chain)
    bound = tuple(flow.variable for flow in results)
    if len(chain.labels) == 1:
        place.names.values[chain.labels[0].name] = bound[0] if len(bound) == 1 else bound
    else:
        for label, variable in zip(chain.labels, bound, strict=False):
            place.names.values[label.name] = variable
    if not elements and all(map(absent, ended)):
        return [], results
    return [
        Group(
            scopes[0].path[-1][0],
            tuple(flow.reference() for flow in flows),
            tuple(bound),
            tuple(scopes),
            indices=place.counters,
            body=as_body(elements, starts, ended, inner),
            labelled=True,
        )
    ], results


def _outside(work: Work, flows: Flows, place: Place, chain: syntax.Chain) -> Flows:
    """The results as the body around sees them, under their labels."""
    found = []
    labels = [label.name for label in chain.labels]
    for position, flow in enumerate(flows):
        name = labels[position] if len(labels) == len(flows) else labels[0]
        found.append(work.flow(flow.sizes, flow.values, place, name))
    return tuple(found)


def _steps(work: Work, chain: syntax.Chain, place: Place, flows: Flows) -> Planned:
    if chain.origins:
        flows = tuple(reference(work, one, place, flows) for one in chain.origins)
    return _through(work, chain, place, flows)


def _through(work: Work, chain: syntax.Chain, place: Place, flows: Flows) -> Planned:
    elements: list[Element] = []
    for step in chain.steps:
        if work.cut:
            break
        made, flows = plan_step(work, step, place, flows)
        elements += made
    return elements, flows


def plan_step(work: Work, step: syntax.Step, place: Place, flows: Flows) -> Planned:
    """One step of a chain."""
    if isinstance(step, syntax.ShapeAssertion):
        return [], flows
    found = children(place, step)
    rule = _RULES.get(type(step))
    if rule is not None:
        if not found:
            work.cut = True
            return [], flows
        return rule(work, step, place, flows)
    assert isinstance(step, syntax.LayerCall)
    return _call(work, step, place, flows, found)


def _call(
    work: Work,
    step: syntax.LayerCall,
    place: Place,
    flows: Flows,
    found: Sequence[Node | Scope],
) -> Planned:
    if step.name == "none":
        return [], (work.flow((), [ABSENT] * len(place.scopes), place),)
    if not found:
        work.cut = True
        return [], flows
    if isinstance(found[0], Frame) and found[0].kind == "layer":
        return layer_use(work, step, place, flows)
    return call(work, step, (Source(step, place),), place, flows)


def _group(work: Work, step: syntax.Group, place: Place, flows: Flows) -> Planned:
    inner = replace(place.inside(scopes_at(place, step), segment=False), names=place.names)
    elements, results = plan_body(work, step.body, inner, flows)
    return elements, tuple(work.resettled(flow, place) for flow in results)


_RULES: dict[type, Callable[[Work, Any, Place, Flows], Planned]] = {
    syntax.Group: _group,
    syntax.If: choice,
    syntax.For: loop,
    syntax.Repeat: loop,
}
