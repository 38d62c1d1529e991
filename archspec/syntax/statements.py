"""Statements: chains of steps, and what stands between them."""

from __future__ import annotations

from archspec.syntax.expressions import Argument, Expression, Target
from archspec.syntax.node import NOWHERE, Node, Span, node


class Statement(Node):
    """One element of a body."""

    span: Span


class Step(Node):
    """One element of a chain."""

    span: Span


@node
class Body(Node):
    """`{ statements }`; each statement continues from the value before it."""

    statements: tuple[Statement, ...]
    span: Span = NOWHERE


@node
class Label(Node):
    """The `name` of `name:`."""

    name: str
    span: Span = NOWHERE


@node
class Chain(Statement):
    """`labels: from origins -> step -> step`; without origins it continues from the value before.

    Several labels name several results (`left, right: split(2)`). `doc` is the text of the `##`
    comment before it.
    """

    labels: tuple[Label, ...]
    origins: tuple[Expression, ...]
    steps: tuple[Step, ...]
    doc: str | None = None
    span: Span = NOWHERE


@node
class Branch(Node):
    """One branch of a join: a chain, or `each target in iterable { … }` for one per element.

    For `each`, `chain` is the chain inside the braces.
    """

    chain: Chain
    target: Target | None = None
    iterable: Expression | None = None
    span: Span = NOWHERE


@node
class LayerCall(Step):
    """`name(arguments)`: an op, a block, a network, a layer parameter or a layer instance.

    `body` is a trailing `{ … }` without `|` (the last layer argument); `branches` are those of
    `{ a | b }`, None when there are no braces with branches. `through` is the dotted path of
    `network through block5.pool`. `arguments` is None when no parentheses stand there. Braces
    with one chain and no `|` are a `body`; for a join that is the error `join-without-branches`.
    """

    name: str
    arguments: tuple[Argument, ...] | None = None
    body: Body | None = None
    branches: tuple[Branch, ...] | None = None
    through: Expression | None = None
    name_span: Span = NOWHERE
    span: Span = NOWHERE


@node
class Group(Step):
    """`{ statements }` as a step."""

    body: Body
    span: Span = NOWHERE


@node
class If(Step):
    """`if condition { … } else { … }`; without `else` the value passes unchanged.

    `else if` is an `If` alone in the other body.
    """

    condition: Expression
    then: Body
    otherwise: Body | None = None
    span: Span = NOWHERE


@node
class For(Step):
    """`for target in iterable { … }`: each round continues from the one before."""

    target: Target
    iterable: Expression
    body: Body
    span: Span = NOWHERE


@node
class Repeat(Step):
    """`repeat count { … }`."""

    count: Expression
    body: Body
    span: Span = NOWHERE


@node
class ShapeAssertion(Step):
    """`[56, 56, 256]` in a chain; None stands for `_`, which matches any size."""

    sizes: tuple[Expression | None, ...]
    span: Span = NOWHERE


@node
class Let(Statement):
    """`let name = value`."""

    name: str
    value: Expression
    span: Span = NOWHERE


@node
class LayerInstance(Statement):
    """`layer name = { … }` or `layer name = conv(3, 3)`: one layer, all uses share its weights.

    A call is held as a body with the one chain.
    """

    name: str
    body: Body
    span: Span = NOWHERE


@node
class Input(Statement):
    """`input name[sizes]`; further inputs each in a statement of their own."""

    name: str
    sizes: tuple[Expression, ...]
    span: Span = NOWHERE


@node
class Output(Statement):
    """`output a, b` or `output aux when training`."""

    values: tuple[Expression, ...]
    when_training: bool = False
    span: Span = NOWHERE


@node
class Expect(Statement):
    """`expect parameters == 61_706`: checked at the network's own defaults."""

    condition: Expression
    span: Span = NOWHERE


@node
class Load(Statement):
    """`load target from "file.safetensors"`; kept in the tree, refused until supported."""

    target: Expression
    path: str
    span: Span = NOWHERE


@node
class Freeze(Statement):
    """`freeze target through path`; kept in the tree, refused until supported."""

    target: Expression
    through: Expression | None = None
    span: Span = NOWHERE
