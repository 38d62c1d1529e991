"""Builders of definitions; each is named after its rule or alias in the grammar.

A child that is a token arrives as its index.
"""

from __future__ import annotations

from archspec.frontends.dsl import literals
from archspec.frontends.dsl.context import Context
from archspec.source import Span
from archspec.syntax import (
    Argument,
    Block,
    Body,
    Constant,
    Default,
    Definition,
    Expression,
    File,
    Function,
    LayerCall,
    Network,
    Parameter,
    Setting,
    Train,
    Type,
    Use,
    Variant,
)

Parameters = tuple[Parameter, ...]


def file(context: Context, span: Span, *definitions: Definition) -> File:
    """A whole file; its comments and its span are added by the parser."""
    return File(definitions, (), span)


def names(context: Context, span: Span, *tokens: int) -> tuple[str, ...]:
    """`a, b` after `use`."""
    return tuple(map(context.tokens.text, context.few(tokens, span.start)))


def use(context: Context, span: Span, names: tuple[str, ...], path: int) -> Use:
    """`use a, b from "file.arch"`."""
    return Use(names, literals.text(context.tokens.span(path), context.report), span)


def default(context: Context, span: Span, call: LayerCall) -> Default:
    """`default op(attribute=value)`."""
    return Default(call, span)


def constant(context: Context, span: Span, name: int, value: Expression) -> Constant:
    """`let name = value` in a file."""
    return Constant(context.tokens.text(name), value, span)


def function(
    context: Context, span: Span, name: int, parameters: Parameters, value: Expression
) -> Function:
    """`let name(parameters) = value`."""
    return Function(
        context.tokens.text(name), parameters, value, context.docs.get(span.start), span
    )


def block(
    context: Context, span: Span, name: int, parameters: Parameters | None, body: Body
) -> Block:
    """`block name(parameters) { … }`."""
    tokens, doc = context.tokens, context.docs.get(span.start)
    return Block(tokens.text(name), parameters or (), body, doc, tokens.span(name), span)


def network(
    context: Context, span: Span, name: int, parameters: Parameters | None, body: Body
) -> Network:
    """`network name(parameters) { … }`."""
    tokens, doc = context.tokens, context.docs.get(span.start)
    return Network(tokens.text(name), parameters or (), body, doc, tokens.span(name), span)


def variant(
    context: Context,
    span: Span,
    name: int,
    base: int,
    arguments: tuple[Argument, ...] | None,
    body: Body | None,
) -> Variant:
    """`network name = base(arguments) { expect … }`."""
    tokens, doc = context.tokens, context.docs.get(span.start)
    return Variant(
        tokens.text(name), tokens.text(base), arguments or (), body, doc, tokens.span(name), span
    )


def train(context: Context, span: Span, name: int, *settings: Setting) -> Train:
    """`train network { key: value … }`."""
    return Train(context.tokens.text(name), settings, span)


def setting(context: Context, span: Span, key: int, value: Expression) -> Setting:
    """`key: value`."""
    return Setting(context.tokens.text(key), value, span)


def parameter(
    context: Context, span: Span, name: int, type_: Type, default: Expression | None
) -> Parameter:
    """`name: type = default`."""
    return Parameter(context.tokens.text(name), type_, default, span)


def type_name(context: Context, span: Span, name: int) -> Type:
    """`int`."""
    return Type(context.tokens.text(name), (), span)


def type_layer(context: Context, span: Span) -> Type:
    """`layer`, a keyword elsewhere."""
    return Type("layer", (), span)


def type_of(context: Context, span: Span, name: int, item: Type) -> Type:
    """`list[item]`."""
    found = context.tokens.text(name)
    if found != "list":
        context.report.add(
            "syntax-error",
            context.tokens.span(name),
            f"the type `{found}` takes no item type",
            help="write `list[…]` for a list",
        )
    return Type(found, (item,), span)


def type_tuple(context: Context, span: Span, *items: Type) -> Type:
    """`(int, str)`, one row of a table."""
    return Type("tuple", items, span)
