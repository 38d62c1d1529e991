"""Writes a body: its elements in order, into one flow of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archspec.lowering.plan import Body, Element, Loop, Variable
from archspec_keras.writer.frame import Frame, Place


def write_body(frame: Frame, body: Body, incoming: Sequence[str], place: Place) -> list[str]:
    """Write all elements; returns the code of the results.

    The flow of values is written in `place.flow`, which may be what comes in; then a value that
    comes in and is read later is left alone.
    """
    flow = place.flow
    # Most bodies start from a variable of the body around, which has its name already.
    for variable, text in zip(body.incoming, incoming, strict=False):
        if variable not in frame.texts:
            frame.bind(variable, text)
    if any(frame.texts.get(one) == flow and one in frame.kept for one in body.incoming):
        flow = frame.names.fresh("y")
    outside = frame.here
    frame.here = body.incoming[0] if body.incoming else outside
    for element in body.elements:
        frame.write(frame, element, replace(place, flow=flow))
        _gather(frame, element)
        if element.outputs:
            frame.here = element.outputs[0]
    frame.here = outside
    return [frame.read(one) for one in body.results]


def _gather(frame: Frame, element: Element) -> None:
    """Put what the element has made into the lists that are gathered."""
    made = list(element.outputs)
    if isinstance(element, Loop):
        made += [gathered for _, gathered in element.lists]
    for variable in made:
        if variable in frame.lists:
            frame.emit(f"{frame.lists[variable]}.append({frame.texts[variable]})")
        if variable in frame.heads:
            frame.emit(f'heads["{frame.heads[variable]}"] = {frame.texts[variable]}')


def write_into(frame: Frame, body: Body, incoming: Sequence[str], place: Place) -> None:
    """Write a body so that its result ends up in the variable of the flow."""
    (found,) = write_body(frame, body, incoming, place)
    if found != place.flow:
        frame.emit(f"{place.flow} = {found}")


def settle(frame: Frame, variable: Variable, found: str) -> None:
    """The value of `variable` is `found`: another name for it, or a copy that outlives it."""
    name = frame.texts.get(variable)
    if found == name:
        return
    if name in frame.owned and found not in frame.owned:
        frame.emit(f"{name} = {found}")
    else:
        frame.bind(variable, found)


def results(frame: Frame, element: Element, place: Place) -> str:
    """The names for what an element makes, as the target of an assignment."""
    if len(element.outputs) == 1:
        return frame.result(element.outputs[0], place.flow, element.segment)
    names = []
    for variable in element.outputs:
        wanted = variable.label or frame.hints.get(variable) or "part"
        names.append(frame.names.fresh(wanted))
        frame.bind(variable, names[-1], owned=True)
    return ", ".join(names)
