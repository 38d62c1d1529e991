"""Inputs of a network."""

from __future__ import annotations

from archspec import syntax
from archspec.lowering.planning.place import Place
from archspec.lowering.planning.resolve import resolve
from archspec.lowering.planning.work import Flows, Work


def network_input(work: Work, statement: syntax.Input, place: Place, flows: Flows) -> Flows:
    """Bind an input; chains start from the only one."""
    name = statement.name
    values = [scope.bindings[name] for scope in place.scopes]
    sizes = tuple(resolve(work, one, place, ()) for one in statement.sizes)
    flow = work.flow(sizes, values, place, name)
    if any(one is None for one in flow.sizes):
        shapes = {value.shape for value in values}
        if len(shapes) == 1:
            numbers = tuple(syntax.Number(size) for size in shapes.pop())
            flow = work.flow(numbers, values, place, name)
    place.names.values[name] = flow.variable
    if not work.network_inputs:
        place.names.values["input"] = flow.variable
    work.network_inputs.append(flow)
    return (flow,) if len(work.network_inputs) == 1 else ()
