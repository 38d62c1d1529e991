"""Builders of expressions; each is named after its rule or alias in the grammar.

A child that is a token arrives as its index.
"""

from __future__ import annotations

from archspec.frontends.dsl import literals
from archspec.frontends.dsl.context import Context
from archspec.source import Span, limits
from archspec.syntax import (
    Argument,
    Attribute,
    Binary,
    Body,
    Boolean,
    Call,
    Comprehension,
    Conditional,
    Expression,
    Index,
    LayerLiteral,
    ListOf,
    Name,
    Number,
    Slice,
    Target,
    Text,
    Unary,
)


def number(context: Context, span: Span, token: int) -> Number:
    """`61_706`."""
    return Number(literals.number(span, context.report), span)


def text(context: Context, span: Span, token: int) -> Text:
    """`"a string"`."""
    return Text(literals.text(span, context.report), span)


def true(context: Context, span: Span) -> Boolean:
    """`true`."""
    return Boolean(True, span)


def false(context: Context, span: Span) -> Boolean:
    """`false`."""
    return Boolean(False, span)


def name(context: Context, span: Span, token: int) -> Name:
    """A name on its own."""
    return Name(context.source.text[span.start : span.end], span)


def word(context: Context, span: Span, token: int) -> str:
    """A name where keywords are names too."""
    return context.source.text[span.start : span.end]


def unary(context: Context, span: Span, operator: int, operand: Expression) -> Unary:
    """`-x`, `not x`."""
    return Unary(context.tokens.text(operator), operand, span)


def binary(
    context: Context, span: Span, left: Expression, operator: int, right: Expression
) -> Binary:
    """`left operator right`."""
    return Binary(context.tokens.text(operator), left, right, span)


def conditional(
    context: Context, span: Span, condition: Expression, then: Expression, otherwise: Expression
) -> Conditional:
    """`if condition then a else b`."""
    return Conditional(condition, then, otherwise, span)


def list_of(context: Context, span: Span, *items: Expression) -> ListOf:
    """`[a, b]` and `(a, b)`."""
    if len(items) > limits.LIST_ITEMS:
        # Here the parsing ends, before anything looks at each of them.
        begin = Span(span.source, span.start, span.start + 1)
        context.refuse(begin, f"a list has at most {limits.LIST_ITEMS:_} items")
    return ListOf(items, span)


def comprehension(
    context: Context,
    span: Span,
    element: Expression,
    target: Target,
    iterable: Expression,
    condition: Expression | None,
) -> Comprehension:
    """`[element for target in iterable if condition]`."""
    return Comprehension(element, target, iterable, condition, span)


def target(context: Context, span: Span, token: int) -> Target:
    """One name that a loop binds."""
    return Target(context.tokens.text(token), (), span)


def target_tuple(context: Context, span: Span, *parts: Target) -> Target:
    """`i, (expand, filters)`."""
    return Target(None, parts, span)


def index(context: Context, span: Span, base: Expression, position: Expression) -> Index:
    """`base[position]`."""
    return Index(base, position, span)


def slice_(
    context: Context,
    span: Span,
    base: Expression,
    start: Expression | None,
    stop: Expression | None,
) -> Slice:
    """`base[start:stop]`."""
    return Slice(base, start, stop, span)


def attribute(context: Context, span: Span, base: Expression, name: str) -> Attribute:
    """`base.name`."""
    return Attribute(base, name, span)


def attribute_here(context: Context, span: Span, name: str) -> Attribute:
    """`.name`."""
    return Attribute(None, name, span)


def argument(context: Context, span: Span, value: Expression) -> Argument:
    """`value` in a call."""
    return Argument(None, value, span)


def named_argument(context: Context, span: Span, name: str, value: Expression) -> Argument:
    """`name=value` in a call."""
    return Argument(name, value, span)


def function_call(
    context: Context, span: Span, function: int, arguments: tuple[Argument, ...]
) -> Call:
    """`function(arguments)`."""
    return Call(context.tokens.text(function), arguments, span)


def layer_literal(context: Context, span: Span, body: Body) -> LayerLiteral:
    """`{ … }` where a layer is wanted."""
    return LayerLiteral(body, span)
