"""Mistakes that are a step of their own, behind any layer of the network."""

from __future__ import annotations

from collections.abc import Callable

from archspec.dimensions import Shape
from archspec.ops import registry
from archspec.syntax import (
    Argument,
    Attribute,
    Binary,
    Call,
    Expression,
    Index,
    LayerCall,
    ListOf,
    Number,
    Repeat,
    ShapeAssertion,
    Step,
)
from archspec.testing.calls import stored
from archspec.testing.mistakes.planted import Asked, Planted, after, sites
from archspec.testing.networks import DrawnNetwork
from archspec.testing.scope import Drawing
from archspec.testing.written import Value, body, call, chain, expression, join, project

SIZED = ("conv", "max_pool", "avg_pool", "crop", "split", "reshape")
"""Ops of which the mistakes here give sizes that do not fit."""

Broken = Callable[[Drawing, Shape], Step | None]


def _dense(*values: Value, **named: Value) -> Broken:
    return lambda drawing, shape: call("dense", *values, **named)


def _assertion(drawing: Drawing, shape: Shape) -> Step:
    axis = drawing.below(len(shape))
    sizes = (*shape[:axis], shape[axis] + drawing.whole(1, 3), *shape[axis + 1 :])
    return ShapeAssertion(tuple(map(expression, sizes)))


def _more_axes(drawing: Drawing, shape: Shape) -> Step:
    return ShapeAssertion((Number(1), *map(expression, shape)))


def _misspelt(drawing: Drawing, shape: Shape) -> Step:
    name = drawing.choose(drawing.ops).name
    return LayerCall(drawing.pick(name[:-1] + "_x", name + name[-1] * 2, f"my_{name}"))


def _unlike(drawing: Drawing, shape: Shape) -> Step:
    op = drawing.choose([op for op in drawing.ops if op.join and op.name != "concat"])
    other = project(shape[-1] + 2, shape)
    wide = call("dense", shape[-1] + 1)
    return join(op.name, chain(wide), chain(other))


def _other_rank(drawing: Drawing, shape: Shape) -> Step | None:
    if len(shape) == 1:
        return None
    return join("concat", chain(call("identity")), chain(call("flatten")))


def _other_size(drawing: Drawing, shape: Shape) -> Step | None:
    if len(shape) == 1 or min(shape[:-1]) < 2:
        return None
    return join("concat", chain(call("identity")), chain(call("max_pool", 2)))


def _large(drawing: Drawing, shape: Shape) -> Step | None:
    if len(shape) == 1:
        return None
    size = max(shape[:-1]) + drawing.whole(1, 20)
    return drawing.choose(
        [call("conv", 2, size), call("max_pool", size), call("crop", size), call("avg_pool", size)]
    )


def _parts(drawing: Drawing, shape: Shape) -> Step:
    return call("split", shape[-1] + 1)


def _reshape(drawing: Drawing, shape: Shape) -> Step:
    count = 1
    for size in shape:
        count *= size
    return call("reshape", [count + 1])


def _one_branch(drawing: Drawing, shape: Shape) -> Step:
    return LayerCall("concat", body=body(chain(call("relu"))))


def _no_join(drawing: Drawing, shape: Shape) -> Step:
    return join(drawing.pick("relu", "tanh", "flatten"), chain(call("relu")), chain(call("tanh")))


def _beyond(drawing: Drawing, shape: Shape) -> Step:
    return call("dense", Index(ListOf((Number(1), Number(2))), Number(2 + drawing.below(3))))


def _by_zero(drawing: Drawing, shape: Shape) -> Step:
    return call("dense", Binary(drawing.pick("//", "%"), Number(4), Number(0)))


def _endless(drawing: Drawing, shape: Shape) -> Step:
    return Repeat(Binary("**", Number(10), Number(9)), body(chain(call("relu"))))


def _huge(drawing: Drawing, shape: Shape) -> Step:
    return call("dense", Binary("**", Number(10), Binary("**", Number(10), Number(10))))


def _no_axis(drawing: Drawing, shape: Shape) -> Step:
    wrong = {1: "height", 2: "height", 3: "time", 4: "time"}.get(len(shape), "time")
    return call("dense", Attribute(None, drawing.pick(wrong, "chanels")))


def _unknown_function(drawing: Drawing, shape: Shape) -> Step:
    return call("dense", Call("maximum_of", (Argument(None, Number(3)),)))


STEPS: dict[str, tuple[tuple[str, ...], Broken]] = {
    "a shape that is not the asserted one": (("shape-assertion",), _assertion),
    "an assertion with too many axes": (("shape-assertion",), _more_axes),
    "a layer that does not exist": (("unknown-layer",), _misspelt),
    "branches of unlike channels": (("shape-mismatch",), _unlike),
    "branches with other numbers of axes": (("shape-mismatch",), _other_rank),
    "branches of unlike sizes": (("shape-mismatch",), _other_size),
    "a window larger than the value": (("size-not-positive",), _large),
    "parts that do not divide the channels": (("not-divisible",), _parts),
    "a reshape that loses numbers": (("shape-mismatch",), _reshape),
    "a join of one branch": (("join-without-branches",), _one_branch),
    "branches behind a layer that is no join": (("not-a-join",), _no_join),
    "an index behind the end of a list": (("evaluation-error",), _beyond),
    "a division by zero": (("evaluation-error",), _by_zero),
    "a thousand million layers": (("limit-exceeded",), _endless),
    "a number without an end": (("limit-exceeded",), _huge),
    "a size that the value does not have": (("unknown-attribute",), _no_axis),
    "a function that does not exist": (("unknown-name",), _unknown_function),
    "a name that does not exist": (("unknown-name",), _dense("nothing_here")),
    "a truth where a number is wanted": (("wrong-type",), _dense(True)),
    "a number that is too small": (("out-of-range",), _dense(0)),
    "an argument that is missing": (("missing-argument",), _dense()),
    "an argument that is given twice": (("repeated-argument",), _dense(3, units=3)),
    "an argument that does not exist": (("unknown-argument",), _dense(3, unit=3)),
    "a fraction where a whole number is wanted": (("wrong-type",), _dense(1.5)),
}


def broken_step(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A step behind one of the network's layers that no value gets through."""
    known = sites(network)
    if not known:
        return None
    node = drawing.choose(known)
    what = drawing.choose(list(STEPS))
    codes, make = STEPS[what]
    step = make(drawing, node.outputs[0].shape)
    if step is None:
        return None
    asked = _asked(step, node.outputs[0].shape)
    return Planted(what, codes, after(network, node, step), step, asked=asked)


def _asked(step: Step, shape: Shape) -> Asked | None:
    """The call whose inputs do not fit it, where the mistake is one of sizes."""
    op = registry.find(step.name) if isinstance(step, LayerCall) else None
    if op is None or not isinstance(step, LayerCall):
        return None
    if step.branches is not None and op.join:
        shapes = tuple(_made(one.chain.steps[0], shape) for one in step.branches)
        return Asked(op, stored(op, {}, shape), shapes)
    if op.name not in SIZED or not all(isinstance(one, Argument) for one in step.arguments or ()):
        return None
    given = {
        attribute.name: (argument.value, _literal(argument.value))
        for attribute, argument in zip(op.attributes, step.arguments or (), strict=False)
    }
    return Asked(op, stored(op, given, shape), (shape,))


def _literal(value: Expression) -> object:
    if isinstance(value, ListOf):
        return [_literal(one) for one in value.items]
    assert isinstance(value, Number)
    return value.value


def _made(step: Step, shape: Shape) -> Shape:
    """What a branch of a broken join makes."""
    assert isinstance(step, LayerCall)
    op = registry.find(step.name)
    assert op is not None
    given = {
        attribute.name: (argument.value, _literal(argument.value))
        for attribute, argument in zip(op.attributes, step.arguments or (), strict=False)
    }
    return op.shape(stored(op, given, shape), (shape,))[0]
