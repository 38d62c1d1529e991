"""Calls whose text is put in their place, because it uses values of the caller."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.elaborate.frame import Frame
from archspec.lowering.plan import Group
from archspec.lowering.planning.place import Names, Place
from archspec.lowering.planning.work import Flows, Planned, Work, as_body


def inline_call(work: Work, scopes: Sequence[Frame], place: Place, flows: Flows) -> Planned:
    """The body of a definition as a group of the caller."""
    for scope in scopes:
        work.places.foreign.add(scope)
    text = scopes[0].definition
    assert text is not None
    found = tuple(scopes)
    inner = Place(found, found, Names(), foreign=True)
    if len(flows) == 1:
        inner.names.values["input"] = flows[0].variable
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
