"""Draws chains: calls of ops and of what was defined, joins, choices and loops."""

from __future__ import annotations

from collections.abc import Callable

from archspec.dimensions import Shape
from archspec.ops.op import Op
from archspec.syntax import (
    Attribute,
    Binary,
    Boolean,
    Chain,
    Expression,
    For,
    Group,
    If,
    Name,
    Number,
    Repeat,
    Step,
)
from archspec.testing.blocks import defined_calls
from archspec.testing.calls import any_call
from archspec.testing.joins import drawn_join, each_branch
from archspec.testing.scope import LABELS, Drawing, Scope
from archspec.testing.written import body, call, chain, expression, project, target

Drawn = tuple[tuple[Step, ...], Shape]
"""Steps, and the shape that they make."""


def steps(
    drawing: Drawing, scope: Scope, shape: Shape, depth: int = 1, keep: bool = False
) -> Drawn:
    """One to three steps; with `keep` the spatial sizes stay."""
    found: tuple[Step, ...] = ()
    for _ in range(drawing.whole(1, 3)):
        made, after = step(drawing, scope, shape, depth, keep)
        if keep and after[:-1] != shape[:-1]:
            continue
        found, shape = (*found, *made), after
    return (found, shape) if found else ((call("identity"),), shape)


def step(drawing: Drawing, scope: Scope, shape: Shape, depth: int, keep: bool) -> Drawn:
    """One step, or none where what was drawn does not fit."""
    if scope.layers and drawing.chance(20):
        return (call(drawing.choose(scope.layers)),), shape
    if depth > 0 and drawing.chance(35):
        made = drawing.choose(COMPOUND)
        return made(drawing, scope, shape, depth - 1)
    options = defined_calls(drawing, shape)
    if options and drawing.chance(40):
        return drawing.choose(options)(drawing, scope, shape)
    ops = single(drawing.ops)
    families = sorted({op.family for op in ops})
    family = drawing.choose(families)
    found = any_call(drawing, scope, shape, tuple(op for op in ops if op.family == family))
    return ((found.call,), found.shapes[0]) if found is not None else ((), shape)


def single(ops: tuple[Op, ...]) -> tuple[Op, ...]:
    """Those that take one value and are no joins."""
    return tuple(op for op in ops if op.inputs == (1, 1))


def condition(drawing: Drawing, scope: Scope, shape: Shape) -> Expression:
    """Something that is true or false."""
    if not drawing.chance(70):
        return Boolean(drawing.truth())
    known: list[Expression] = [Attribute(None, "channels"), *map(Name, scope.numbers)]
    one = drawing.choose(known)
    found = Binary(drawing.pick("==", ">", "<="), one, Number(drawing.whole(1, 4)))
    if drawing.chance(20):
        return Binary("and", found, condition(drawing, scope, shape))
    return found


def keeping(drawing: Drawing, scope: Scope, shape: Shape, depth: int) -> tuple[Step, ...]:
    """Steps that result in the shape that came in."""
    found, after = steps(drawing, scope, shape, depth, keep=True)
    return found if after == shape else (*found, project(shape[-1], shape))


def choice(drawing: Drawing, scope: Scope, shape: Shape, depth: int) -> Drawn:
    """`if` with or without `else`; both ways make the same shape."""
    first = body(chain(*keeping(drawing, scope, shape, depth)))
    other = None
    if drawing.chance(60):
        other = body(chain(*keeping(drawing, scope, shape, depth)))
    return (If(condition(drawing, scope, shape), first, other),), shape


def repeat(drawing: Drawing, scope: Scope, shape: Shape, depth: int) -> Drawn:
    """`repeat`, sometimes of nothing."""
    inside = body(chain(*keeping(drawing, scope, shape, depth)))
    return (Repeat(expression(drawing.whole(0, 2)), inside),), shape


def loop(drawing: Drawing, scope: Scope, shape: Shape, depth: int) -> Drawn:
    """`for` over numbers that the body reads, with a label or without."""
    rounds = drawing.rounds()
    inner = scope.inner({"r": rounds[0]})
    made = keeping(drawing, inner, shape, depth)
    if drawing.chance(60):
        made = (*made, project(Binary("+", Name("r"), Number(1)), shape))
        shape = (*shape[:-1], rounds[-1] + 1)
    label = drawing.choose(LABELS) if drawing.chance(30) else ""
    inside = chain(*made, label=label)
    if drawing.chance(25):
        iterable: Expression = call_expression("enumerate", expression(rounds))
        return (For(target("i", "r"), iterable, body(inside)),), shape
    return (For(target("r"), expression(rounds), body(inside)),), shape


def call_expression(name: str, *values: Expression) -> Expression:
    """A call of a pure function."""
    from archspec.syntax import Argument, Call

    return Call(name, tuple(Argument(None, one) for one in values))


def group(drawing: Drawing, scope: Scope, shape: Shape, depth: int) -> Drawn:
    """Statements in braces."""
    first, shape = steps(drawing, scope, shape, depth, keep=True)
    statements: list[Chain] = [chain(*first)]
    if drawing.chance(40):
        second, shape = steps(drawing, scope, shape, depth, keep=True)
        statements.append(chain(*second))
    return (call("identity"), Group(body(*statements))), shape


def branches(drawing: Drawing, scope: Scope, shape: Shape, depth: int) -> Drawn:
    """A join of branches."""
    made, after = drawn_join(
        drawing, scope, shape, lambda: keeping_channels(drawing, scope, shape, depth)
    )
    return ((made,), after) if made is not None else ((), shape)


def keeping_channels(drawing: Drawing, scope: Scope, shape: Shape, depth: int) -> Drawn:
    """Steps that keep the spatial sizes."""
    return steps(drawing, scope, shape, depth, keep=True)


def each(drawing: Drawing, scope: Scope, shape: Shape, depth: int) -> Drawn:
    """A branch for each element of a list."""
    return each_branch(
        drawing, shape, lambda inner: keeping(drawing, scope.inner(inner), shape, depth)
    )


COMPOUND: tuple[Callable[[Drawing, Scope, Shape, int], Drawn], ...] = (
    branches,
    branches,
    choice,
    repeat,
    loop,
    group,
    each,
)
