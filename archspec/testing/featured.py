"""Uses one op for certain, whatever it takes and gives."""

from __future__ import annotations

from archspec.dimensions import Shape
from archspec.ops.op import Op
from archspec.syntax import Chain, Label, LayerCall, Statement
from archspec.testing.calls import drawn_call, takes
from archspec.testing.joins import joined
from archspec.testing.scope import Drawing, Scope
from archspec.testing.written import call, chain, expression, join, project

SHAPES: tuple[Shape, ...] = ((6,), (5, 6), (4, 5, 2), (3, 4, 2, 2))
"""What a value is brought to where the op does not take it as it is."""


def featured(drawing: Drawing, scope: Scope, op: Op, shape: Shape) -> list[Statement]:
    """Statements that use the op; none where its record refuses whatever is drawn."""
    if op.join:
        branches = [chain(call("identity")), chain(project(shape[-1], shape))]
        if joined(op, (shape, shape)) is None:
            return []
        return [chain(join(op.name, *branches))]
    if op.inputs == (0, 0):
        return _source(drawing, scope, op, shape)
    for wanted in (shape, *SHAPES):
        found = drawn_call(drawing, scope, op, (wanted,)) if takes(op, (wanted,)) else None
        if found is not None:
            made = [found.call] if wanted == shape else [*_bring(shape, wanted), found.call]
            if len(found.shapes) == 1:
                return [chain(*made)]
            names = [drawing.fresh(("part", "left", "right")) for _ in found.shapes]
            first = Chain(tuple(map(Label, names)), (), tuple(made))
            parts = [chain(call("relu"), origin=[one]) for one in names]
            return [first, chain(join("concat", *parts))]
    return []


def _source(drawing: Drawing, scope: Scope, op: Op, shape: Shape) -> list[Statement]:
    found = drawn_call(drawing, scope, op, ())
    if found is None or len(found.shapes) != 1:
        return []
    parts = chain(call("flatten")), chain(found.call, call("flatten"))
    return [chain(join("concat", *parts))]


def _bring(shape: Shape, wanted: Shape) -> list[LayerCall]:
    """Steps that make one shape of another."""
    count = 1
    for size in wanted:
        count *= size
    steps = [call("flatten"), call("dense", count)]
    return [*steps, call("reshape", expression(list(wanted)))]
