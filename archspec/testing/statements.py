"""Draws the statements of a network: each continues from the value before it."""

from __future__ import annotations

from collections.abc import Callable

from archspec.dimensions import Shape
from archspec.syntax import (
    Binary,
    Branch,
    Chain,
    Default,
    Expression,
    For,
    Function,
    Index,
    Input,
    Label,
    LayerCall,
    LayerInstance,
    Let,
    Name,
    Network,
    Parameter,
    Repeat,
    ShapeAssertion,
    Statement,
    Step,
    Type,
)
from archspec.testing.blocks import block
from archspec.testing.calls import drawn_call
from archspec.testing.chains import call_expression, keeping, steps
from archspec.testing.expressions import literal, number
from archspec.testing.featured import featured
from archspec.testing.joins import joined, joins
from archspec.testing.scope import LABELS, Drawing, Scope
from archspec.testing.written import body, call, chain, expression, join, project, target

Made = tuple[list[Statement], Shape]


def plain(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """A chain, sometimes with a label or an assertion of its shape."""
    found, after = steps(drawing, scope, shape)
    label = drawing.fresh(LABELS) if drawing.chance(35) else ""
    if drawing.chance(20):
        sizes = tuple(None if drawing.chance(30) else literal(one) for one in after)
        found = (*found, ShapeAssertion(sizes))
    if label:
        scope.values[label] = after
    return [chain(*found, label=label)], after


def constant(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """A `let`, and a layer that reads it."""
    made, value = number(drawing, scope, 1, 4, shape)
    name = drawing.fresh(("k", "depth", "lambda_", "filters_1", "channels_2"))
    scope.numbers[name] = value
    return [Let(name, made), chain(project(name, shape))], (*shape[:-1], value)


def defined(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """A new block, and a chain that calls it."""

    def inner(names: Scope, shape: Shape) -> tuple[tuple[Step, ...], Shape]:
        return steps(drawing, names, shape, 1, keep=True)

    made = block(drawing, shape, inner)
    found, after = made.make(drawing, scope, shape)
    drawing.blocks.append(made)
    return [chain(*(found or (call("relu"),)))], after if found else shape


def side(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """Two named values, joined by their names."""
    first, second = drawing.fresh(LABELS), drawing.fresh(LABELS)
    left = keeping(drawing, scope, shape, 1)
    right = keeping(drawing, scope, shape, 1)
    op = drawing.choose(joins(drawing))
    after = joined(op, (shape, shape))
    if after is None:
        return plain(drawing, scope, shape)
    scope.values |= {first: shape, second: shape}
    origin = [first] if drawing.chance(50) else []
    return [
        chain(*left, label=first),
        chain(*right, label=second, origin=origin),
        chain(call(op.name, first, second)),
    ], after


def again(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """A named value read again."""
    fitting = [name for name, one in scope.values.items() if one[:-1] == shape[:-1]]
    if not fitting:
        return plain(drawing, scope, shape)
    name = drawing.choose(fitting)
    found, after = steps(drawing, scope, scope.values[name], 1, keep=True)
    joined_ = join("concat", chain(call("identity")), chain(*found, origin=[name]))
    return [chain(joined_)], (*shape[:-1], shape[-1] + after[-1])


def shared(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """One layer that is used twice."""
    name = drawing.fresh(("shared", "encoder", "layer_1", "block_"))
    inside = keeping(drawing, Scope(dict(scope.numbers)), shape, 1)
    instance = LayerInstance(name, body(chain(*inside)))
    use = call(name)
    if drawing.chance(50):
        return [instance, chain(use, call("tanh"), use)], shape
    both = join("add", chain(use), chain(call("tanh"), use))
    return [instance, chain(both)], shape


def several(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """An op with several results, each of which gets a name."""
    wide = (*shape[:-1], 4)
    for op in drawing.ops:
        if op.inputs == (1, 1) and not op.join and op.family == "structure":
            found = drawn_call(drawing, scope, op, (wide,))
            if found is not None and len(found.shapes) > 1:
                names = [drawing.fresh(LABELS) for _ in found.shapes]
                labels = tuple(map(Label, names))
                parts = [chain(call("relu"), origin=[one]) for one in names]
                scope.values |= dict(zip(names, found.shapes, strict=True))
                first = Chain(labels, (), (project(4, shape), found.call))
                return [first, chain(join("concat", *parts))], wide
    return plain(drawing, scope, shape)


def learned(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """A value that depends on no input, joined with the one before it."""
    sources = [op for op in drawing.ops if op.inputs == (0, 0)]
    op = drawing.choose(joins(drawing))
    if not sources:
        return plain(drawing, scope, shape)
    found = drawn_call(drawing, scope, drawing.choose(sources), ())
    after = None if found is None else joined(op, (shape, found.shapes[0]))
    if found is None or after is None:
        source = call(sources[0].name, expression(list(shape)), init="ones")
        after = joined(op, (shape, shape))
    else:
        source = found.call
    if after is None:
        return plain(drawing, scope, shape)
    return [chain(join(op.name, chain(call("identity")), chain(source)))], after


def skips(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """A list of values made in a loop and read again in reverse."""
    if len(shape) == 1:
        return plain(drawing, scope, shape)
    label = drawing.fresh(LABELS)
    filters = drawing.whole(1, 3)
    inner = scope.inner({"i": 0})
    down = (*keeping(drawing, inner, shape, 0), project(filters, shape))
    rounds = call_expression("range", expression(2))
    read: Expression = Index(Name(label), Name("i"))
    first = For(target("i"), rounds, body(chain(*down, label=label)))
    up = join("concat", chain(call("identity")), Chain((), (read,), ()))
    back = body(chain(up), chain(project(filters, shape)))
    second = For(target("i"), call_expression("reversed", rounds), back)
    return [chain(first), chain(second)], (*shape[:-1], filters)


def listed(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """All values of a list, joined by a branch for each."""
    label = drawing.fresh(LABELS)
    made = keeping(drawing, scope.inner({"r": 1}), shape, 0)
    rounds = drawing.rounds()
    loop = For(target("r"), expression(list(rounds)), body(chain(*made, label=label)))
    op = drawing.choose(joins(drawing))
    after = joined(op, (shape,) * len(rounds))
    if after is None:
        return plain(drawing, scope, shape)
    branch = Branch(Chain((), (Name("one"),), ()), target("one"), Name(label))
    return [chain(loop), chain(join(op.name, branch))], after


def staged(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """Stages of a table: a loop over two lists, and `repeat` in it."""
    widths = [drawing.whole(1, 3) for _ in range(2)]
    inner = scope.inner({"filters": widths[0]})
    made = (*keeping(drawing, inner, shape, 0), project("filters", shape))
    rows = call_expression("zip", expression(widths), expression([1, drawing.whole(0, 2)]))
    stage = chain(Repeat(Name("times"), body(chain(*made))), label=drawing.pick("stage", "x"))
    # The last stage may be empty, so what follows asks for the channels.
    after = chain(project(widths[-1], shape))
    loop = For(target("filters", "times"), rows, body(stage))
    return [chain(loop), after], (*shape[:-1], widths[-1])


def embedded(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """Another network as a layer, whole or through one of its layers."""
    name = drawing.fresh(("base", "net_1", "model"))
    inner, after = steps(drawing, Scope(), shape, 0, keep=True)
    first = chain(*inner, label="stem")
    parameter = Parameter("width", Type("int"), expression(drawing.whole(1, 3)))
    start = Input("image", tuple(map(literal, shape)))
    last = chain(project("width", shape), call(drawing.pick("relu", "tanh")))
    drawing.definitions.append(Network(name, (parameter,), body(start, first, last)))
    if drawing.chance(40):
        return [chain(LayerCall(name, through=Name("stem")))], after
    width = drawing.whole(1, 3)
    return [chain(call(name, width=width))], (*shape[:-1], width)


def defaulted(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """A default of the file, and a layer that takes it."""
    if any(isinstance(one, Default) for one in drawing.definitions):
        return plain(drawing, scope, shape)
    given = call("batch_norm", epsilon=0.01, momentum=0.8)
    drawing.definitions.insert(0, Default(given))
    return [chain(call("batch_norm"))], shape


def computed(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """A pure function and a constant of the file, read by a layer."""
    name = drawing.fresh(("wider", "make_divisible", "round_"))
    value = Binary("+", Name("v"), Binary("//", Name("v"), expression(2)))
    drawing.definitions.append(Function(name, (Parameter("v", Type("int")),), value))
    count = drawing.whole(1, 3)
    made = project(call_expression(name, expression(count)), shape)
    return [chain(made)], (*shape[:-1], count + count // 2)


def any_op(drawing: Drawing, scope: Scope, shape: Shape) -> Made:
    """One op of the registry, each as often as the others."""
    found = featured(drawing, scope, drawing.choose(drawing.ops), shape)
    # What it makes is asked of the graph.
    return (found or [chain(call("relu"))]), shape


STATEMENTS: tuple[Callable[[Drawing, Scope, Shape], Made], ...] = (
    plain,
    plain,
    any_op,
    any_op,
    any_op,
    any_op,
    defined,
    defined,
    constant,
    side,
    again,
    shared,
    several,
    learned,
    skips,
    listed,
    staged,
    embedded,
    defaulted,
    computed,
)
