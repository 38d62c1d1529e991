"""Short ways to write nodes of the tree."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.syntax import (
    Argument,
    Boolean,
    Branch,
    Chain,
    Expression,
    Label,
    LayerCall,
    ListOf,
    Name,
    Number,
    Statement,
    Step,
    Target,
)
from archspec.syntax import Body as SyntaxBody

Value = Expression | int | float | bool | str | list[int]


def expression(value: Value) -> Expression:
    """A Python value as it is written; a text is a name."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, bool):
        return Boolean(value)
    if isinstance(value, str):
        return Name(value)
    if isinstance(value, list):
        return ListOf(tuple(map(expression, value)))
    return Number(value)


def call(name: str, *values: Value, **named: Value) -> LayerCall:
    """A call of an op or a block."""
    arguments = [Argument(None, expression(one)) for one in values]
    arguments += [Argument(key, expression(one)) for key, one in named.items()]
    return LayerCall(name, tuple(arguments) or None)


def chain(*steps: Step, origin: Sequence[Value] = (), label: str = "") -> Chain:
    """A chain from the value before it, or from the named ones."""
    labels = (Label(label),) if label else ()
    return Chain(labels, tuple(map(expression, origin)), steps)


def body(*statements: Statement) -> SyntaxBody:
    """Statements in braces."""
    return SyntaxBody(statements)


def join(name: str, *branches: Chain | Branch) -> LayerCall:
    """A join with its branches."""
    return LayerCall(
        name, branches=tuple(one if isinstance(one, Branch) else Branch(one) for one in branches)
    )


def target(*names: str) -> Target:
    """What a loop binds."""
    if len(names) == 1:
        return Target(names[0])
    return Target(None, tuple(map(Target, names)))


def project(channels: Value, shape: Sequence[int]) -> LayerCall:
    """What makes so many channels out of any, at every place."""
    return call("conv", channels, 1) if len(shape) > 1 else call("dense", channels)
