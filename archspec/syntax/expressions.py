"""Expressions: numbers, words, names, arithmetic, lists, calls of pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archspec.syntax.node import NOWHERE, Node, Span, node

if TYPE_CHECKING:
    from archspec.syntax.statements import Body


class Expression(Node):
    """Anything that has a value while the network is put together."""

    span: Span


@node
class Number(Expression):
    """`3`, `61_706`, `5e-4`; an int stays an int."""

    value: int | float
    span: Span = NOWHERE


@node
class Text(Expression):
    """`"a string"`, with escapes resolved."""

    value: str
    span: Span = NOWHERE


@node
class Boolean(Expression):
    """`true` or `false`."""

    value: bool
    span: Span = NOWHERE


@node
class Name(Expression):
    """A parameter, a `let`, a loop variable, a named value, or a word such as `same`."""

    name: str
    span: Span = NOWHERE


@node
class Unary(Expression):
    """`-x` or `not x`; `operator` is `"-"` or `"not"`."""

    operator: str
    operand: Expression
    span: Span = NOWHERE


@node
class Binary(Expression):
    """`+ - * / // % **`, `== != < <= > >=`, `and`, `or`."""

    operator: str
    left: Expression
    right: Expression
    span: Span = NOWHERE


@node
class Conditional(Expression):
    """`if condition then a else b`."""

    condition: Expression
    then: Expression
    otherwise: Expression
    span: Span = NOWHERE


@node
class ListOf(Expression):
    """`[a, b]`; also `(a, b)`, the element of a table."""

    items: tuple[Expression, ...]
    span: Span = NOWHERE


@node
class Target(Node):
    """What a loop binds: one name, or a tuple of targets (`i, (expand, filters)`)."""

    name: str | None
    parts: tuple[Target, ...] = ()
    span: Span = NOWHERE

    def names(self) -> tuple[str, ...]:
        """All names bound, left to right."""
        if self.name is not None:
            return (self.name,)
        return tuple(name for part in self.parts for name in part.names())


@node
class Comprehension(Expression):
    """`[element for target in iterable if condition]`."""

    element: Expression
    target: Target
    iterable: Expression
    condition: Expression | None = None
    span: Span = NOWHERE


@node
class Index(Expression):
    """`base[index]`."""

    base: Expression
    index: Expression
    span: Span = NOWHERE


@node
class Slice(Expression):
    """`base[start:stop]`."""

    base: Expression
    start: Expression | None
    stop: Expression | None
    span: Span = NOWHERE


@node
class Attribute(Expression):
    """`base.name`, such as `skip.channels` or `input.height`; `.channels` has no base."""

    base: Expression | None
    name: str
    span: Span = NOWHERE


@node
class Argument(Node):
    """`value` or `name=value` in a call."""

    name: str | None
    value: Expression
    span: Span = NOWHERE


@node
class Call(Expression):
    """`function(arguments)`: a pure function, or a layer with arguments where one is wanted."""

    function: str
    arguments: tuple[Argument, ...]
    span: Span = NOWHERE


@node
class LayerLiteral(Expression):
    """`{ … }` where a layer is wanted."""

    body: Body
    span: Span = NOWHERE
