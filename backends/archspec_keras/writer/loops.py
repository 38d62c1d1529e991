"""Writes loops as loops."""

from __future__ import annotations

from collections.abc import Callable

from archspec import syntax
from archspec.lowering.contents import inner_bodies
from archspec.lowering.plan import Loop, Variable
from archspec_keras.writer.body import write_body, write_into
from archspec_keras.writer.frame import Frame, Place
from archspec_keras.writer.lines import Line, mentions


def loop(frame: Frame, element: Loop, place: Place) -> None:
    """A `for` that hands the value in the flow's variable from round to round."""
    for variable, gathered in element.lists:
        frame.bind(gathered, frame.names.fresh(gathered.label or "values"), owned=True)
        frame.lists[variable] = frame.texts[gathered]
        frame.emit(f"{frame.texts[gathered]}: {_type(element, variable)} = []")
    if not set(element.outputs) & frame.used and not element.body.incoming:
        rounds(frame, element, lambda: _without_result(frame, element, place))
        return
    value = frame.current(element)
    result = frame.result(element.outputs[0], place.flow, element.segment)
    if value != result:
        frame.emit(f"{result} = {value}")
    carried = element.carried
    if carried is not None and not carried.first.same(syntax.Name(carried.name)):
        name = frame.names.python(carried.name)
        frame.emit(f"{name} = {frame.text(carried.first, element.inputs)}", defines=name)

    def round_() -> None:
        before = {one: frame.texts.get(one) for one in element.body.incoming}
        for one in element.body.incoming:
            frame.bind(one, result)
        write_into(frame, element.body, [result], Place(place.path, result))
        for one, text in before.items():
            if text is not None:
                frame.bind(one, text)
        if carried is not None:
            name = frame.names.python(carried.name)
            frame.emit(f"{name} = {frame.text(carried.following)}", defines=name)

    rounds(frame, element, round_)


def _type(element: Loop, variable: Variable) -> str:
    """The type of the list of what `variable` is in each round, which may be a list itself."""
    for body in inner_bodies(element.body):
        for inner in body.elements:
            if isinstance(inner, Loop):
                for one, gathered in inner.lists:
                    if gathered is variable:
                        return f"list[{_type(inner, one)}]"
    return "list[KerasTensor]"


def _without_result(frame: Frame, element: Loop, place: Place) -> None:
    write_body(frame, element.body, [], place)


def rounds(frame: Frame, element: Loop, body: Callable[[], None]) -> None:
    """The head of a loop, which depends on what the rounds need, and the rounds."""
    header = Line(frame.depth, "")
    frame.lines.append(header)
    start = len(frame.lines)
    with frame.indented():
        body()
    header.code = f"for {_head(frame, element, frame.lines[start:])}:"


def _head(frame: Frame, element: Loop, body: list[Line]) -> str:
    counter = frame.names.python(element.counter)
    used = not element.counts and mentions(body, counter)
    if element.count is not None:
        return f"{counter if used else '_'} in range({frame.text(element.count, element.inputs)})"
    assert element.iterable is not None
    assert element.target is not None
    iterable = frame.iterable(element.iterable, element.inputs)
    if used:
        return f"{counter}, {target(frame, element.target, body, True)} in enumerate({iterable})"
    return f"{target(frame, element.target, body)} in {iterable}"


def target(frame: Frame, found: syntax.Target, body: list[Line], nested: bool = False) -> str:
    """What a loop binds; names that the rounds do not read begin with an underscore."""
    if found.name is not None:
        name = frame.names.python(found.name)
        if mentions(body, name):
            return name
        unread = frame.names.fresh(f"_{name}")
        frame.names.release(unread)
        return unread
    parts = ", ".join(target(frame, part, body, True) for part in found.parts)
    return f"({parts})" if nested else parts
