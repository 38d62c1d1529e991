"""An `if` in the forward pass, where its arms are more than modules in a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archspec.lowering.plan import Choice, Disagreement, Group
from archspec_torch.writing import chain
from archspec_torch.writing.lines import Lines
from archspec_torch.writing.place import At, Place
from archspec_torch.writing.values import references

if TYPE_CHECKING:
    from archspec_torch.writing.forward import Forward


def write(forward: Forward, element: Choice, place: Place) -> None:
    """As one module where both arms are chains of modules, else as an `if` statement."""
    writer = forward.writer
    if chain.plain_arms(element, writer):
        item = chain.either(element, writer, alone=True)
        texts = item.texts()
        if texts is not None:
            access = writer.register(place, _name(element), texts[0], lambda k: item.makers(k)[0])
            # The arms are a module now, and read nothing themselves.
            for body in (element.then, element.otherwise):
                for reference in references(body):
                    forward.values.hold(reference.variable, -1)
            forward.express(element, place, lambda given: f"{access}({given[0]})")
            return
    _statement(forward, element, place)


def _name(element: Choice) -> str:
    for body in (element.then, element.otherwise):
        for one in body.elements:
            if one.segment:
                return one.segment
            if isinstance(one, Group) and one.body.elements:
                return one.body.elements[0].segment or "part"
    return "part"


def _at(at: At, arms: Callable[[int], tuple[bool, int]], arm: bool) -> At:
    def found(instance: int) -> list[tuple[str, int]]:
        pairs = [(suffix, arms(one)) for suffix, one in at(instance)]
        return [(suffix, number) for suffix, (taken, number) in pairs if taken is arm]

    return found


def _statement(forward: Forward, element: Choice, place: Place) -> None:
    writer = forward.writer
    if place.rounds is not None:
        raise Disagreement(element, lambda scope: scope.taken is not None, "condition")
    known, flag = writer.flag(place, element, element.condition, f"use_{_name(element)}")
    for reference in element.inputs:
        forward.settled(reference, place)
    then = _arm(forward, element, place, True)
    otherwise = _arm(forward, element, place, False)
    names = []
    for number, output in enumerate(element.outputs):
        name = forward.variable_name(output, place, ())
        names.append(name)
        for arm in (then, otherwise):
            if arm.results[number] != name:
                arm.lines.add(f"{name} = {arm.results[number]}")
    _put(place.init, known, then.init, otherwise.init)
    _put(place.forward, flag, then.lines, otherwise.lines)
    for output, name in zip(element.outputs, names, strict=True):
        forward.values.set(output, name)


@dataclass
class Arm:
    """What one arm of an `if` writes, and the expressions that it ends in."""

    init: Lines
    lines: Lines
    results: list[str]


def _arm(forward: Forward, element: Choice, place: Place, taken: bool) -> Arm:
    body, other = element.then, element.otherwise
    if not taken:
        body, other = other, body
    # The other arm's uses must not keep this one from reusing a variable.
    elsewhere = [reference.variable for reference in references(other)]
    if taken:
        for variable in elsewhere:
            forward.values.hold(variable, -1)
    init, lines = Lines(), Lines()
    at = _at(place.at, forward.writer.arms(element), taken)
    kept = forward.values.texts(element.inputs)
    forward.enter(element.inputs, body)
    forward.body(body, replace(place, at=at, init=init, forward=lines, top=False))
    results = [forward.read(reference) for reference in body.results]
    if taken:
        for variable in elsewhere:
            forward.values.hold(variable)
    forward.values.restore(element.inputs, kept)
    return Arm(init, lines, results)


def _put(lines: Lines, flag: str, then: Lines, otherwise: Lines) -> None:
    if then.found:
        with lines.indented(f"if {flag}:"):
            lines.extend(then)
    if then.found and _is_choice(otherwise):
        otherwise.found[0] = f"el{otherwise.found[0]}"
        lines.extend(otherwise)
    elif otherwise.found:
        with lines.indented("else:" if then.found else f"if not {flag}:"):
            lines.extend(otherwise)


def _is_choice(lines: Lines) -> bool:
    """Whether the lines are one `if` statement, which an `elif` can take up."""
    if not lines.found or not lines.found[0].startswith("if "):
        return False
    return all(one.startswith((" ", "else:", "elif ")) for one in lines.found[1:])
