"""Choices: `if` in a chain."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.values import ABSENT
from archspec.ir import Scope
from archspec.lowering.plan import Body, Choice, Code, Element
from archspec.lowering.planning.place import Clash, Flow, Names, Place
from archspec.lowering.planning.resolve import resolve
from archspec.lowering.planning.sizes import merged
from archspec.lowering.planning.work import Flows, Planned, Work, as_body, scopes_at


def choice(work: Work, step: syntax.If, place: Place, flows: Flows) -> Planned:
    """An `if` with both arms, or the one arm that is ever taken."""
    scopes = scopes_at(place, step)
    then = [one for one in scopes if one.taken is step.then]
    otherwise = [one for one in scopes if one.taken is not step.then]
    condition = resolve(work, step.condition, place, flows)
    # Code cannot choose between a value and none: which it is belongs to the place.
    absent = any(ABSENT in one.outgoing for one in scopes)
    if absent or step in work.planner.decisions.decided:
        work.fact(scopes, lambda one: one.taken is step.then, "which arm is taken")
    ghosts = [one for scope in scopes if (one := work.planner.decisions.ghosts.get(scope))]
    then = then or [one for one in ghosts if one.taken is step.then]
    otherwise = otherwise or [one for one in ghosts if one.taken is not step.then]
    known = _known(step.then, then) and _known(step.otherwise, otherwise)
    known = known and not isinstance(condition, syntax.Boolean)
    if absent or step in work.planner.decisions.decided or not known:
        return _decided(work, step, scopes, scopes[0].taken is step.then, place, flows)
    first, first_names = _arm(work, step.then, then, place, flows)
    second, second_names = _arm(work, step.otherwise, otherwise, place, flows)
    for name in first_names.values.keys() | second_names.values.keys():
        both = name in first_names.values and name in second_names.values
        found = first_names.values.get(name, second_names.values.get(name))
        assert found is not None
        place.names.values[name] = Clash(step) if both else found
    results = _results(work, condition, (first, second), scopes, place)
    element: Element = Choice(
        "",
        tuple(flow.reference() for flow in flows),
        tuple(flow.variable for flow in results),
        tuple(scopes),
        condition=condition,
        then=first,
        otherwise=second,
    )
    return [element], results


def _known(body: syntax.Body | None, taken: Sequence[Scope]) -> bool:
    return bool(taken) or body is None or not body.statements


def _decided(
    work: Work, step: syntax.If, scopes: Sequence[Frame], first: bool, place: Place, flows: Flows
) -> Planned:
    body = step.then if first else step.otherwise
    if body is None:
        return [], flows
    inner = place.inside(scopes, segment=False)
    inner = Place(inner.scopes, inner.eyes, place.names, place.foreign, place.counters)
    elements, results = work.body(work, body, inner, flows)
    return elements, tuple(work.resettled(flow, place) for flow in results)


def _arm(
    work: Work, body: syntax.Body | None, scopes: Sequence[Frame], place: Place, flows: Flows
) -> tuple[Body, Names]:
    inner = place.inside(scopes, segment=False)
    if body is None or not scopes:
        references = tuple(Flow(one.variable, one.sizes, ()) for one in flows)
        return as_body((), flows, references, inner), Names()
    starts = tuple(
        Flow(flow.variable, flow.sizes, tuple(scope.incoming[k] for scope in scopes), flow.indices)
        for k, flow in enumerate(flows)
    )
    elements, ended = work.body(work, body, inner, starts)
    return as_body(elements, starts, ended, inner), inner.names


def _results(
    work: Work,
    condition: Code,
    arms: tuple[Body, Body],
    scopes: Sequence[Frame],
    place: Place,
) -> Flows:
    first, second = arms
    lets = place.names.all_lets()
    found = []
    for k in range(len(scopes[0].outgoing)):
        left, right = first.results[k].sizes, second.results[k].sizes
        if len(left) != len(right):
            left, right = left[-1:], right[-1:]
        pairs = zip(left, right, strict=True)
        sizes = tuple(merged(condition, one, other, lets) for one, other in pairs)
        found.append(work.flow(sizes, [scope.outgoing[k] for scope in scopes], place))
    return tuple(found)
