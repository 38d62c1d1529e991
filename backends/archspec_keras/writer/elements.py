"""Writes each kind of element; `write` chooses by the element's class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archspec.lowering.plan import (
    Apply,
    CallDefinition,
    CallParameter,
    CallShared,
    Choice,
    Declare,
    Element,
    Group,
    Join,
    Let,
    Loop,
)
from archspec_keras.wholes import whole_op
from archspec_keras.writer import arguments, branching, comments, joins, loops, sharing, steps
from archspec_keras.writer.body import results, settle, write_body
from archspec_keras.writer.frame import Frame, Place
from archspec_keras.writer.training import HEADER


def write(frame: Frame, element: Element, place: Place) -> None:
    """Write one element; what only training needs stands under a condition."""
    if element.training_only and frame.is_root and frame.depth == 1:
        for_training(frame)
        with frame.indented():
            _WRITERS[type(element)](frame, element, place)
        frame.training_end = len(frame.lines)
        return
    _WRITERS[type(element)](frame, element, place)
    comments.shape(frame, element)


def for_training(frame: Frame) -> None:
    """Open the block of what only training needs, or go on in the one that has just ended."""
    if frame.training_end != len(frame.lines):
        frame.emit(HEADER)


def _call_definition(frame: Frame, element: CallDefinition, place: Place) -> None:
    whole = whole_op(element)
    if whole is not None:
        steps.apply(frame, whole, place)
        return
    call = arguments.call(frame, element, frame.path(place.path, element))
    frame.emit(f"{results(frame, element, place)} = {call}")


def _call_parameter(frame: Frame, element: CallParameter, place: Place) -> None:
    value, path = frame.current(element), frame.path(place.path, element)
    layer = frame.names.python(element.parameter)
    call = f"{layer}({steps.named(path)})({value})"
    frame.emit(f"{results(frame, element, place)} = {call}")


def _group(frame: Frame, element: Group, place: Place) -> None:
    path = frame.path(place.path, element) if element.labelled else place.path
    incoming = [frame.read(one) for one in element.inputs]
    flow = place.flow
    for variable, inner in zip(element.outputs, element.body.results, strict=True):
        if variable.label is not None and not inner.indices:
            frame.hints[inner.variable] = variable.label
    made = {one.variable for one in element.body.results}
    if len(element.outputs) == 1 and not made & frame.kept:
        flow = frame.result(element.outputs[0], place.flow, element.segment)
    found = write_body(frame, element.body, incoming, Place(path, flow))
    for variable, text in zip(element.outputs, found, strict=True):
        settle(frame, variable, text)


def _let(frame: Frame, element: Let, place: Place) -> None:
    name = frame.names.python(element.name)
    frame.emit(f"{name} = {frame.text(element.value, element.inputs)}", defines=name)


_WRITERS: dict[type[Element], Callable[[Frame, Any, Place], None]] = {
    Apply: steps.apply,
    CallDefinition: _call_definition,
    CallParameter: _call_parameter,
    CallShared: sharing.call,
    Choice: branching.choice,
    Declare: sharing.declare,
    Group: _group,
    Join: joins.join,
    Let: _let,
    Loop: loops.loop,
}
