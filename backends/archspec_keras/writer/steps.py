"""Writes one op: the steps of its lowering."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from archspec.ir import Node
from archspec.lowering.plan import Apply, Disagreement
from archspec_keras.lowerings import LOWERINGS
from archspec_keras.site import Function, Layer, Site, Sized, Step
from archspec_keras.writer.body import results, settle
from archspec_keras.writer.frame import Frame, Place
from archspec_keras.writer.paths import quoted

WIDTH = 100


def apply(frame: Frame, element: Apply, place: Place) -> None:
    """One op, called on its inputs."""
    value = _called_on(frame, element)
    found = lowered(frame, element)
    result = results(frame, element, place)
    if not found:
        settle(frame, element.outputs[0], value)
    write_steps(frame, found, value, result, frame.path(place.path, element))


def _called_on(frame: Frame, element: Apply) -> str:
    """What the op is called on; a learned value takes the number of samples from the input."""
    if element.inputs:
        return frame.current(element)
    frame.reads_input = True
    return frame.anchor


def lowered(frame: Frame, element: Apply) -> Sequence[Step]:
    """The steps that make one op; `Disagreement` in an arm that nobody takes and Keras lacks."""
    lowering = LOWERINGS.get(element.op.name)
    nodes = (one for one in element.instances if isinstance(one, Node) and one.inputs)
    if lowering is None or any(lowering.refuses(one) is not None for one in nodes):
        raise Disagreement(element, lambda _: None, "an arm that is taken")
    text = partial(frame.text, here=element.inputs)
    return lowering.steps(Site(frame.context.plan, element, text))


def write_steps(frame: Frame, steps: Sequence[Step], value: str, result: str, path: str) -> None:
    """Write steps from `value` to the variable `result`."""
    for step in steps:
        if isinstance(step, Sized):
            _check(frame, step, value)
            continue
        code = _called(step, value, path)
        if step.when is None:
            frame.emit(f"{result} = {code}")
        elif value == result:
            _guarded(frame, step, result, path)
        else:
            _either(frame, f"{result} = {code} if {step.when} else {value}", step, result, path)
        value = result


def _check(frame: Frame, step: Sized, value: str) -> None:
    sizes = ", ".join(map(repr, step.sizes))
    frame.emit(f"if {value}.shape[1:-1] not in [{sizes}]:")
    with frame.indented():
        frame.emit('raise ValueError("what follows is written for other sizes")')


def _guarded(frame: Frame, step: Layer | Function, value: str, path: str) -> None:
    frame.emit(f"if {step.when}:")
    with frame.indented():
        frame.emit(f"{value} = {_called(step, value, path)}")


def _either(frame: Frame, line: str, step: Layer | Function, result: str, path: str) -> None:
    """On one line if that has room for it."""
    if 4 * frame.depth + len(line) <= WIDTH:
        frame.emit(line)
        return
    *_, value = line.rsplit(" else ", 1)
    frame.emit(f"{result} = {value}")
    _guarded(frame, step, result, path)


def _called(step: Layer | Function, value: str, path: str) -> str:
    if not isinstance(step, Layer):
        return step.template.replace("{x}", value)
    return f"{constructed(step, path, value)}({value})"


def constructed(step: Layer, path: str, value: str = "") -> str:
    """The layer of one step, not yet called."""
    given = [one.replace("{x}", value) for one in step.arguments]
    return f"{step.call}({', '.join([*given, named(path + step.suffix)])})"


def named(path: str) -> str:
    """The argument that names a layer or a block."""
    return f"name={quoted(path)}"
