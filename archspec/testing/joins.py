"""Draws joins: residuals with and without projection, inception-like ones, squeezes, `each`."""

from __future__ import annotations

from collections.abc import Callable

from archspec.dimensions import Shape
from archspec.ops.op import Op
from archspec.syntax import Binary, Branch, Chain, LayerCall, Name, Number, Step
from archspec.testing.calls import stored
from archspec.testing.expressions import literal
from archspec.testing.scope import LABELS, Drawing, Scope, small
from archspec.testing.written import call, chain, expression, join, project, target

Drawn = tuple[tuple[Step, ...], Shape]


def joins(drawing: Drawing) -> tuple[Op, ...]:
    """The ops that join branches."""
    return tuple(op for op in drawing.ops if op.join)


def joined(op: Op, shapes: tuple[Shape, ...]) -> Shape | None:
    """What the join makes of these shapes, or None where they do not fit."""
    attributes = stored(op, {}, shapes[0])
    if next(iter(op.check(attributes, shapes)), None) is not None:
        return None
    (found,) = op.shape(attributes, shapes)
    return found if small((found,)) else None


def drawn_join(
    drawing: Drawing, scope: Scope, shape: Shape, inner: Callable[[], Drawn]
) -> tuple[LayerCall | None, Shape]:
    """A join of two or three branches; where channels must be equal they are projected."""
    op = drawing.choose(joins(drawing))
    parts = [_branch(drawing, shape, inner) for _ in range(drawing.whole(2, 3))]
    if len(shape) > 1 and drawing.chance(30):
        parts = _strided(drawing, shape, len(parts))
    after = joined(op, tuple(one for _, one in parts))
    if after is None:
        channels = parts[0][1][-1]
        parts = [parts[0], *(_projected(one, channels) for one in parts[1:])]
        after = joined(op, tuple(one for _, one in parts))
    if after is None:
        return None, shape
    return join(op.name, *(_named(drawing, made) for made, _ in parts)), after


def _named(drawing: Drawing, steps: tuple[Step, ...]) -> Chain:
    label = drawing.choose(LABELS) if drawing.chance(25) else ""
    return chain(*steps, label=label)


def _branch(drawing: Drawing, shape: Shape, inner: Callable[[], Drawn]) -> Drawn:
    if drawing.chance(30):
        return (call("identity"),), shape
    if len(shape) > 1 and drawing.chance(15):
        pooled = drawing.pick("global_avg_pool", "global_max_pool")
        squeezed = (*(1,) * (len(shape) - 1), shape[-1])
        return (call(pooled, keep=True), project(shape[-1], shape), call("sigmoid")), squeezed
    return inner()


def _projected(drawn: Drawn, channels: int) -> Drawn:
    steps, shape = drawn
    if shape[-1] == channels:
        return drawn
    return (*steps, project(channels, shape)), (*shape[:-1], channels)


def _strided(drawing: Drawing, shape: Shape, count: int) -> list[Drawn]:
    """Branches whose windows take equal strides, so that their sizes stay equal."""
    stride = drawing.whole(1, 3)
    after = tuple(-(-size // stride) for size in shape[:-1])
    found: list[Drawn] = []
    for _ in range(count):
        kernel, filters = drawing.whole(1, 4), drawing.whole(1, 4)
        if drawing.chance(35):
            made = call("max_pool", kernel, stride=stride, padding="same")
            found.append(((made,), (*after, shape[-1])))
        else:
            made = call("conv", filters, kernel, stride=stride, padding="same")
            found.append(((made,), (*after, filters)))
    return found


def each_branch(
    drawing: Drawing, shape: Shape, inner: Callable[[dict[str, int]], tuple[Step, ...]]
) -> Drawn:
    """`join { each r in [1, 3] { … } }`; the channels follow the loop variable in a `concat`."""
    rounds = drawing.rounds()
    op = drawing.choose(joins(drawing))
    steps, after = inner({"r": rounds[0]}), shape
    if op.name == "concat" and drawing.chance(50):
        steps = (*steps, project(Binary("+", Name("r"), Number(1)), shape))
        after = (*shape[:-1], sum(rounds) + len(rounds))
    else:
        found = joined(op, (shape,) * len(rounds))
        if found is None:
            return (), shape
        after = found
    if not small((after,)):
        return (), shape
    branch = Branch(chain(*steps), target("r"), expression(rounds))
    return (join(op.name, branch),), after


__all__ = ["drawn_join", "each_branch", "joined", "joins", "literal"]
