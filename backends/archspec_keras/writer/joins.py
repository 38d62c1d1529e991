"""Writes joins: each branch in a variable of its own, then one merging layer."""

from __future__ import annotations

from archspec.lowering.plan import Branch, Join
from archspec_keras.writer.body import write_body
from archspec_keras.writer.frame import Frame, Place
from archspec_keras.writer.lines import mentions
from archspec_keras.writer.loops import rounds
from archspec_keras.writer.paths import join as join_path
from archspec_keras.writer.steps import lowered, write_steps


def join(frame: Frame, element: Join, place: Place) -> None:
    """The branches in order, then the op over all that are present."""
    before, frame.branches = frame.branches, []
    _join(frame, element, place)
    for name in frame.branches:
        frame.names.release(name)
    frame.branches = before


def _join(frame: Frame, element: Join, place: Place) -> None:
    value = frame.current(element)
    path = frame.path(place.path, element.apply)
    steps = lowered(frame, element.apply)
    optional = [branch for branch in element.branches if branch.present is not None]
    if any(branch.loop is not None for branch in element.branches) or len(optional) > 1:
        found = _gathered(frame, element, value, place)
        result = frame.result(element.outputs[0], place.flow, element.segment)
        if not optional:
            write_steps(frame, steps, found, result, path)
            return
        frame.emit(f"if len({found}) > 1:")
        with frame.indented():
            write_steps(frame, steps, found, result, path)
        frame.emit("else:")
        with frame.indented():
            frame.emit(f"{result} = {found}[0]")
    elif optional and len(element.branches) == 2:
        _with_or_without(frame, element, value, place)
    else:
        texts = [_branch(frame, one, value, place) for one in element.branches]
        result = frame.result(element.outputs[0], place.flow, element.segment)
        merged = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
        write_steps(frame, steps, merged, result, path)


def _branch(frame: Frame, branch: Branch, value: str, place: Place) -> str:
    """Write one branch; what comes in stays as it is."""
    path = join_path(place.path, branch.segment, branch.indices, frame.text)
    if not branch.body.elements:
        (found,) = write_body(frame, branch.body, _starts(branch, value), Place(path, value))
        return found
    flow, start = frame.names.fresh(branch.label or branch.segment), len(frame.lines)
    (found,) = write_body(frame, branch.body, _starts(branch, value), Place(path, flow))
    if found == flow or mentions(frame.lines[start:], flow):
        frame.branches.append(flow)
    else:
        frame.names.release(flow)
    return found


def _starts(branch: Branch, value: str) -> list[str]:
    return [value] * len(branch.body.incoming)


def _with_or_without(frame: Frame, element: Join, value: str, place: Place) -> None:
    """Two branches, one of which may be absent: then the other is the result."""
    first, second = element.branches
    optional, other = (first, second) if first.present is not None else (second, first)
    kept = _branch(frame, other, value, place)
    result = frame.result(element.outputs[0], place.flow, element.segment)
    assert optional.present is not None
    frame.emit(f"if {frame.text(optional.present, element.inputs)}:")
    with frame.indented():
        added = _branch(frame, optional, value, place)
        pair = [added, kept] if optional is first else [kept, added]
        path = frame.path(place.path, element.apply)
        steps = lowered(frame, element.apply)
        write_steps(frame, steps, f"[{', '.join(pair)}]", result, path)
    if kept != result:
        frame.emit("else:")
        with frame.indented():
            frame.emit(f"{result} = {kept}")


def _gathered(frame: Frame, element: Join, value: str, place: Place) -> str:
    """The name of a list of all branches that are present."""
    gathered = frame.names.fresh("branches")
    frame.emit(f"{gathered}: list[KerasTensor] = []")
    for branch in element.branches:
        if branch.loop is not None:
            _each(frame, branch, value, place, gathered)
        elif branch.present is not None:
            frame.emit(f"if {frame.text(branch.present, element.inputs)}:")
            with frame.indented():
                frame.emit(f"{gathered}.append({_branch(frame, branch, value, place)})")
        else:
            frame.emit(f"{gathered}.append({_branch(frame, branch, value, place)})")
    return gathered


def _each(frame: Frame, branch: Branch, value: str, place: Place, gathered: str) -> None:
    """A branch for every element of a list."""
    assert branch.loop is not None

    def round_() -> None:
        frame.emit(f"{gathered}.append({_branch(frame, branch, value, place)})")

    rounds(frame, branch.loop, round_)
