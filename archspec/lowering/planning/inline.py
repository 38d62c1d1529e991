"""Calls whose text is put in their place, because it uses values of the caller."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.lowering.plan import Code, Group
from archspec.lowering.planning.calls import Given
from archspec.lowering.planning.place import Bound, Names, Place
from archspec.lowering.planning.references import bound_to
from archspec.lowering.planning.work import Flows, Planned, Work, as_body


def inline_call(
    work: Work, scopes: Sequence[Frame], given: Given, place: Place, flows: Flows
) -> Planned:
    """The body of a definition as a group of the caller."""
    for scope in scopes:
        work.places.foreign.add(scope)
    text = scopes[0].definition
    assert text is not None
    found = tuple(scopes)
    inner = Place(found, found, Names(), foreign=True)
    if len(flows) == 1:
        inner.names.values["input"] = flows[0].variable
    for parameter in text.parameters:
        if parameter.name in given and _of_values(parameter.type):
            code, there = given[parameter.name]
            inner.names.values[parameter.name] = _argument(work, code, there, flows)
    before, work.results = work.results, []
    elements, ended = work.body(work, text.body, inner, flows)
    if work.results:
        ended = tuple(flow for _, flow, training in work.results if not training)
    work.results = before
    results = tuple(work.flow(flow.sizes, flow.values, place) for flow in ended)
    element = Group(
        scopes[0].path[-1][0],
        tuple(flow.reference() for flow in flows),
        tuple(flow.variable for flow in results),
        found,
        indices=place.counters,
        body=as_body(elements, flows, ended, inner),
        labelled=True,
    )
    return [element], results


def _of_values(found: syntax.Type) -> bool:
    return found.name == "value" or any(map(_of_values, found.items))


def _argument(work: Work, code: Code, place: Place, flows: Flows) -> Bound:
    """What a parameter stands for that is passed a value, or a list of them."""
    if isinstance(code, syntax.ListOf):
        return tuple(_argument(work, one, place, flows) for one in code.items)
    bound, indices = bound_to(work, code, place, flows)
    if indices:
        work.unroll(work.planner.loops_of_names([code], place))
    return bound
