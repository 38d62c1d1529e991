"""Writes choices as `if`."""

from __future__ import annotations

from collections.abc import Callable

from archspec import syntax
from archspec.lowering.plan import Body, Choice
from archspec_keras.writer.body import write_body, write_into
from archspec_keras.writer.frame import Frame, Place
from archspec_keras.writer.lines import Line, with_elif


def choice(frame: Frame, element: Choice, place: Place) -> None:
    """Both arms end in one variable; an arm that changes nothing is left out."""
    if not set(element.outputs) & frame.used:
        _branches(frame, element, lambda body: _without_result(frame, body, place))
        return
    value = frame.current(element)
    result = frame.result(element.outputs[0], place.flow, element.segment)
    _branches(
        frame, element, lambda body: write_into(frame, body, [value], Place(place.path, result))
    )


def _without_result(frame: Frame, body: Body, place: Place) -> None:
    write_body(frame, body, [], place)


def _branches(frame: Frame, element: Choice, write: Callable[[Body], None]) -> None:
    condition = element.condition
    header = Line(frame.depth, f"if {frame.text(condition, element.inputs)}:")
    frame.lines.append(header)
    start = len(frame.lines)
    with frame.indented():
        write(element.then)
    middle = len(frame.lines)
    if middle > start:
        frame.lines.append(Line(frame.depth, "else:"))
    else:
        opposite = syntax.Unary("not", condition)
        header.code = f"if {frame.text(opposite, element.inputs)}:"
        middle -= 1
    body = len(frame.lines)
    with frame.indented():
        write(element.otherwise)
    if len(frame.lines) == body:
        del frame.lines[middle]
    elif frame.lines[middle] is not header:
        with_elif(frame.lines, middle)
