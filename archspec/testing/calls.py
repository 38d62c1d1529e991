"""Draws calls of ops: every attribute of every record, on values of every rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archspec.dimensions import Shape
from archspec.ops.attribute import REQUIRED
from archspec.ops.attributes import Attributes
from archspec.ops.op import Op, Problem
from archspec.syntax import Argument, LayerCall
from archspec.testing.expressions import Written, written
from archspec.testing.scope import Drawing, Scope, small

TRIES = 6
"""How often what an op refuses is put right before the call is given up."""


@dataclass(frozen=True)
class DrawnCall:
    """A call as it is written, its attributes as the op gets them, and the shapes it makes."""

    op: Op
    call: LayerCall
    attributes: Attributes
    shapes: tuple[Shape, ...]


def drawn_call(
    drawing: Drawing, scope: Scope, op: Op, inputs: tuple[Shape, ...]
) -> DrawnCall | None:
    """A call of `op` that takes values of these shapes, or None where none was found.

    The record is asked for everything. What it refuses is put right by what it says: an
    attribute that is missing is drawn, one that is wrong is left out or drawn again.
    """
    shape = inputs[0] if inputs else (*(drawing.whole(1, 3),) * drawing.rank, 2)
    if not takes(op, inputs):
        return None
    given: dict[str, Written] = {}
    for attribute in op.attributes:
        if attribute.default is REQUIRED or drawing.chance(25):
            given[attribute.name] = written(drawing, scope, attribute, shape)
    without_idle(op, given)
    for _ in range(TRIES):
        attributes = stored(op, given, shape)
        problem = next(iter(op.check(attributes, inputs)), None)
        if problem is None:
            shapes = op.shape(attributes, inputs)
            fits = small(shapes) and all(
                small((one.shape,)) for one in op.weights(attributes, inputs)
            )
            return DrawnCall(op, called(op, given), attributes, shapes) if fits else None
        if not _put_right(drawing, scope, op, given, problem, shape):
            return None
    return None


def takes(op: Op, inputs: tuple[Shape, ...]) -> bool:
    """Whether the op is for so many inputs of such a rank."""
    least, most = op.inputs
    if len(inputs) < least or (most is not None and len(inputs) > most):
        return False
    return not inputs or op.ranks is None or len(inputs[0]) - 1 in op.ranks


def stored(op: Op, given: dict[str, Written], shape: Shape) -> Attributes:
    """The attributes of a call as the op gets them."""
    rank = len(shape) - 1
    values: dict[str, Any] = {}
    for one in op.attributes:
        chosen = given.get(one.name)
        values[one.name] = one.default_value(rank) if chosen is None else one.store(chosen[1], rank)
    return Attributes(values)


def without_idle(op: Op, given: dict[str, Written]) -> None:
    """Leave out what is about a part that another attribute switches off."""
    off = {name for name, (_, value) in given.items() if value is False}
    for one in op.attributes:
        if one.needs in off:
            given.pop(one.name, None)


def called(op: Op, given: dict[str, Written]) -> LayerCall:
    """The call as it is written: what must be given by place, the rest by name."""
    arguments = []
    by_place = True
    for one in op.attributes:
        by_place = by_place and one.default is REQUIRED
        if one.name in given:
            arguments.append(Argument(None if by_place else one.name, given[one.name][0]))
    return LayerCall(op.name, tuple(arguments) or None)


def _put_right(
    drawing: Drawing,
    scope: Scope,
    op: Op,
    given: dict[str, Written],
    problem: Problem,
    shape: Shape,
) -> bool:
    """Change the attribute that the problem is about; False where it is about none."""
    attribute = op.attribute(problem.attribute or "")
    if attribute is None:
        return False
    if attribute.name in given and attribute.default is not REQUIRED:
        del given[attribute.name]
    else:
        given[attribute.name] = written(drawing, scope, attribute, shape)
    return True


def any_call(drawing: Drawing, scope: Scope, shape: Shape, ops: tuple[Op, ...]) -> DrawnCall | None:
    """A call of one of the ops that takes this value and has one result."""
    found = drawn_call(drawing, scope, drawing.choose(ops), (shape,))
    return found if found is not None and len(found.shapes) == 1 else None
