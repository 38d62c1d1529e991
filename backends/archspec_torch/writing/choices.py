"""An `if` in the forward pass, where its arms are more than modules in a row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archspec.lowering.plan import Body, Choice, Disagreement, Group
from archspec_torch.writing import chain
from archspec_torch.writing.lines import Lines
from archspec_torch.writing.place import At, Place
from archspec_torch.writing.values import references

if TYPE_CHECKING:
    from archspec_torch.writing.forward import Forward


def write(forward: Forward, element: Choice, place: Place) -> None:
    """As one module where both arms are chains of modules, else as an `if` statement."""
    writer = forward.writer
    if not (element.then_known and element.otherwise_known):
        body = element.then if element.then_known else element.otherwise
        arms = writer.arms(element)
        inner = replace(place, at=_at(place.at, arms, element.then_known))
        forward.enter(element.inputs, body)
        forward.body(body, inner)
        forward.leave(body, element.outputs, place)
        return
    if _plain(forward, element):
        item = chain.either(element, writer, alone=True)
        texts = item.texts()
        if texts is not None:
            access = writer.register(place, _name(element), texts[0], lambda k: item.makers(k)[0])
            forward.express(element, place, lambda given: f"{access}({given[0]})")
            return
    _statement(forward, element, place)


def _plain(forward: Forward, element: Choice) -> bool:
    return (
        len(element.inputs) == 1
        and chain.plain(element.then, forward.writer)
        and chain.plain(element.otherwise, forward.writer)
    )


def _name(element: Choice) -> str:
    for body in (element.then, element.otherwise):
        for one in body.elements:
            if one.segment:
                return one.segment
            if isinstance(one, Group) and one.body.elements:
                return one.body.elements[0].segment or "part"
    return "part"


def _at(at: At, arms: object, arm: bool) -> At:
    assert callable(arms)

    def found(instance: int) -> list[tuple[str, int]]:
        pairs = [(suffix, arms(one)) for suffix, one in at(instance)]
        return [(suffix, number) for suffix, (taken, number) in pairs if taken is arm]

    return found


def _statement(forward: Forward, element: Choice, place: Place) -> None:
    writer = forward.writer
    if place.rounds is not None:
        raise Disagreement(element, lambda scope: scope.taken is not None, "condition")
    known, flag = writer.flag(place, element.condition, f"use_{_name(element)}")
    given = []
    for reference in element.inputs:
        text = forward.read(reference)
        if text != place.flow and forward.values.free(place.flow):
            place.forward.add(f"{place.flow} = {text}")
            text = place.flow
        given.append(text)
    results = []
    for arm, body, other in (
        (True, element.then, element.otherwise),
        (False, element.otherwise, element.then),
    ):
        results.append(_arm(forward, element, place, given, (arm, body, other)))
    _put(place.init, known, results[0][0], results[1][0])
    _put(place.forward, flag, results[0][1], results[1][1])
    for output in element.outputs:
        forward.values.set(output, place.flow)


def _arm(
    forward: Forward,
    element: Choice,
    place: Place,
    given: list[str],
    arm: tuple[bool, Body, Body],
) -> tuple[Lines, Lines]:
    taken, body, other = arm
    # The other arm's uses must not keep this one from reusing a variable.
    elsewhere = [reference.variable for reference in references(other)]
    for variable in elsewhere:
        forward.values.hold(variable, -1)
    init, lines = Lines(), Lines()
    at = _at(place.at, forward.writer.arms(element), taken)
    inner = replace(place, at=at, init=init, forward=lines)
    for variable, text in zip(body.incoming, given, strict=False):
        forward.values.set(variable, text)
    forward.body(body, inner)
    for reference in body.results:
        text = forward.read(reference)
        if text != place.flow:
            lines.add(f"{place.flow} = {text}")
    for variable in elsewhere:
        forward.values.hold(variable)
    return init, lines


def _put(lines: Lines, flag: str, then: Lines, otherwise: Lines) -> None:
    if then.found:
        with lines.indented(f"if {flag}:"):
            lines.extend(then)
    if otherwise.found:
        with lines.indented("else:" if then.found else f"if not {flag}:"):
            lines.extend(otherwise)
