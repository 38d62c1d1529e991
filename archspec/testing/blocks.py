"""Draws blocks with parameters of every type, and calls of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archspec.dimensions import Shape
from archspec.syntax import (
    Argument,
    Attribute,
    Binary,
    Block,
    Call,
    Expression,
    If,
    LayerCall,
    LayerLiteral,
    Name,
    Parameter,
    Statement,
    Step,
    Type,
)
from archspec.testing.scope import BLOCKS, DOCS, PARAMETERS, Drawing, Scope
from archspec.testing.written import body, call, chain, expression, join, project

Drawn = tuple[tuple[Step, ...], Shape]
Make = Callable[[Drawing, Scope, Shape], Drawn]
Inner = Callable[[Scope, Shape], Drawn]
"""Draws steps that keep the spatial sizes."""

ACTIVATIONS = ("relu", "tanh", "identity", "gelu", "silu")


@dataclass(frozen=True)
class Defined:
    """A block that may be called on values with so many axes (None for any)."""

    make: Make
    axes: int | None = None


def defined_calls(drawing: Drawing, shape: Shape) -> list[Make]:
    """Calls of the blocks that were drawn so far and take such a value."""
    return [one.make for one in drawing.blocks if one.axes is None or one.axes == len(shape)]


def block(drawing: Drawing, shape: Shape, inner: Inner) -> Defined:
    """A block of one of the kinds; its definition is added to the drawing."""
    return drawing.choose(KINDS)(drawing, shape, inner)


def _define(
    drawing: Drawing, name: str, parameters: tuple[Parameter, ...], *statements: Statement
) -> None:
    doc = drawing.choose(DOCS) if drawing.chance(25) else None
    drawing.definitions.append(Block(name, parameters, body(*statements), doc))


def _names(drawing: Drawing, count: int) -> list[str]:
    names = list(PARAMETERS)
    return [names.pop(drawing.below(len(names))) for _ in range(count)]


def plain(drawing: Drawing, shape: Shape, inner: Inner) -> Defined:
    """A block without parameters, which gives back as many channels as came in."""
    name = drawing.fresh(BLOCKS)
    steps, after = inner(Scope(), shape)
    if after != shape:
        steps = (*steps, project(Attribute(Name("input"), "channels"), shape))
    _define(drawing, name, (), chain(*steps))
    return Defined(lambda drawing, scope, shape: ((call(name),), shape), len(shape))


def filtered(drawing: Drawing, shape: Shape, inner: Inner) -> Defined:
    """A number of channels, a window with a default, and a choice."""
    name = drawing.fresh(BLOCKS)
    filters, kernel, more = _names(drawing, 3)
    start = drawing.whole(1, 4)
    parameters = (
        Parameter(filters, Type("int"), expression(3) if drawing.chance(50) else None),
        Parameter(kernel, Type("size"), expression(3)),
        Parameter(more, Type("bool"), expression(drawing.truth())),
    )
    steps, _ = inner(Scope({filters: start}), shape)
    window = (
        call("conv", filters, kernel, padding="same") if len(shape) > 1 else call("dense", filters)
    )
    choice = If(Name(more), body(chain(*steps, project(filters, shape))))
    _define(drawing, name, parameters, chain(window, choice))

    def make(drawing: Drawing, scope: Scope, shape: Shape) -> Drawn:
        count = drawing.whole(1, 4)
        found = [Argument(drawing.pick("", filters) or None, expression(count))]
        if len(shape) > 1 and drawing.chance(40):
            size = [drawing.whole(1, 3) for _ in shape[:-1]]
            found.append(Argument(kernel, expression(size)))
        if drawing.chance(40):
            found.append(Argument(more, expression(drawing.truth())))
        return (LayerCall(name, tuple(found)),), (*shape[:-1], count)

    return Defined(make, len(shape))


def residual(drawing: Drawing, shape: Shape, inner: Inner) -> Defined:
    """A residual that projects its shortcut where it has to."""
    name = drawing.fresh(BLOCKS)
    filters, stride = _names(drawing, 2)
    parameters = (
        Parameter(filters, Type("int")),
        Parameter(stride, Type("int"), expression(1)),
    )
    steps, _ = inner(Scope(), shape)
    kernel = drawing.whole(1, 4)
    main = (*steps, call("conv", filters, kernel, stride=stride, padding="same"))
    equal = Binary("==", Attribute(Name("input"), "channels"), Name(filters))
    same = Binary("and", Binary("==", Name(stride), expression(1)), equal)
    shortcut = If(
        same,
        body(chain(call("identity"))),
        body(chain(call("conv", filters, 1, stride=stride, padding="same"))),
    )
    added = join("add", chain(*main, label="main"), chain(shortcut, label="shortcut"))
    _define(drawing, name, parameters, chain(added, call(drawing.pick(*ACTIVATIONS))))

    def make(drawing: Drawing, scope: Scope, shape: Shape) -> Drawn:
        count, steps = drawing.whole(1, 4), drawing.whole(1, 2)
        after = (*(-(-size // steps) for size in shape[:-1]), count)
        return (call(name, count, stride=steps),), after

    return Defined(make, max(len(shape), 2))


def layered(drawing: Drawing, shape: Shape, inner: Inner) -> Defined:
    """A layer parameter, given as a name, a call, braces, or a trailing body."""
    name = drawing.fresh(BLOCKS)
    (layer,) = _names(drawing, 1)
    default = Name(drawing.pick(*ACTIVATIONS)) if drawing.chance(50) else None
    scope = Scope(layers=[layer])
    steps, after = inner(scope, shape)
    if after != shape:
        steps = (*steps, project(Attribute(Name("input"), "channels"), shape))
    added = join("add", chain(call("identity")), chain(*steps, call(layer)))
    _define(drawing, name, (Parameter(layer, Type("layer"), default),), chain(added))

    def make(drawing: Drawing, scope: Scope, shape: Shape) -> Drawn:
        if default is not None and drawing.chance(30):
            return (call(name),), shape
        if drawing.chance(30):
            steps, after = inner(Scope(dict(scope.numbers)), shape)
            if after != shape:
                steps = (*steps, project(shape[-1], shape))
            inside = body(chain(*steps))
            if drawing.chance(50):
                return (LayerCall(name, None, inside),), shape
            return (LayerCall(name, (Argument(None, LayerLiteral(inside)),)),), shape
        options: list[Expression] = [*map(Name, ACTIVATIONS)]
        options.append(Call("leaky_relu", (Argument(None, expression(0.1)),)))
        given = drawing.choose(options)
        return (LayerCall(name, (Argument(drawing.pick("", layer) or None, given),)),), shape

    return Defined(make, len(shape))


def valued(drawing: Drawing, shape: Shape, inner: Inner) -> Defined:
    """A value parameter: a named value that is joined with what comes in."""
    name = drawing.fresh(BLOCKS)
    (value,) = _names(drawing, 1)
    steps, _ = inner(Scope(), shape)
    end = project(Attribute(Name(value), "channels"), shape)
    added = join("add", chain(*steps, end), chain(call("relu"), origin=[value]))
    _define(drawing, name, (Parameter(value, Type("value")),), chain(added))

    def make(drawing: Drawing, scope: Scope, shape: Shape) -> Drawn:
        fitting = [one for one, known in scope.values.items() if known[:-1] == shape[:-1]]
        if not fitting:
            return (), shape
        given = drawing.choose(fitting)
        return (call(name, given),), scope.values[given]

    return Defined(make, len(shape))


KINDS: tuple[Callable[[Drawing, Shape, Inner], Defined], ...] = (
    plain,
    filtered,
    residual,
    layered,
    valued,
)
