"""Builders of statements and steps; each is named after its rule or alias in the grammar.

A child that is a token arrives as its index.
"""

from __future__ import annotations

from archspec.frontends.dsl import literals
from archspec.frontends.dsl.context import Context
from archspec.source import Span, limits
from archspec.syntax import (
    Argument,
    Body,
    Branch,
    Chain,
    Expect,
    Expression,
    For,
    Freeze,
    Group,
    If,
    Input,
    Label,
    LayerCall,
    LayerInstance,
    Let,
    Load,
    Name,
    Output,
    Repeat,
    ShapeAssertion,
    Statement,
    Step,
    Target,
)


def body(context: Context, span: Span, *statements: Statement) -> Body:
    """`{ statements }`."""
    if len(statements) > limits.PARTS:
        # Chains may be many, since a network can be written out layer by layer.
        outer = tuple(one for one in statements if isinstance(one, (Input, Output, Expect)))
        context.few(outer, span.start)
    return Body(statements, span)


def let(context: Context, span: Span, name: int, value: Expression) -> Let:
    """`let name = value` in a body."""
    return Let(context.tokens.text(name), value, span)


def instance(context: Context, span: Span, name: int, body: Body) -> LayerInstance:
    """`layer name = { … }`."""
    return LayerInstance(context.tokens.text(name), body, span)


def instance_call(context: Context, span: Span, name: int, call: LayerCall) -> LayerInstance:
    """`layer name = conv(3, 3)`."""
    chain = Chain((), (), (call,), None, call.span)
    return LayerInstance(context.tokens.text(name), Body((chain,), call.span), span)


def input_(context: Context, span: Span, name: int, sizes: tuple[Expression, ...]) -> Input:
    """`input name[sizes]`."""
    return Input(context.tokens.text(name), sizes, span)


def output(context: Context, span: Span, values: tuple[Expression, ...]) -> Output:
    """`output a, b`."""
    return Output(values, False, span)


def output_when(context: Context, span: Span, values: tuple[Expression, ...], word: int) -> Output:
    """`output aux when training`; `training` is a word here and a free name elsewhere."""
    if context.tokens.text(word) != "training":
        context.report.add(
            "syntax-error",
            context.tokens.span(word),
            f"expected `training`, found `{context.tokens.text(word)}`",
            help="an output is for both modes, or `when training`",
        )
    return Output(values, True, span)


def expect(context: Context, span: Span, condition: Expression) -> Expect:
    """`expect parameters == 61_706`."""
    return Expect(condition, span)


def load(context: Context, span: Span, target: Expression, path: int) -> Load:
    """`load target from "file.safetensors"`."""
    return Load(target, literals.text(context.tokens.span(path), context.report), span)


def freeze(context: Context, span: Span, target: Expression, through: Expression | None) -> Freeze:
    """`freeze target through path`."""
    return Freeze(target, through, span)


def label(context: Context, span: Span, name: int) -> Label:
    """The name of `name:`."""
    return Label(context.tokens.text(name), span)


def chain(context: Context, span: Span, *steps: Step) -> Chain:
    """`step -> step`."""
    return Chain((), (), steps, context.docs.get(span.start), span)


def labelled_chain(context: Context, span: Span, labels: tuple[Label, ...], *steps: Step) -> Chain:
    """`name: step -> step`."""
    return Chain(labels, (), steps, context.docs.get(span.start), span)


def chain_from(
    context: Context, span: Span, origins: tuple[Expression, ...], *steps: Step
) -> Chain:
    """`from value -> step`."""
    return Chain((), origins, steps, context.docs.get(span.start), span)


def labelled_chain_from(
    context: Context,
    span: Span,
    labels: tuple[Label, ...],
    origins: tuple[Expression, ...],
    *steps: Step,
) -> Chain:
    """`name: from value -> step`."""
    return Chain(labels, origins, steps, context.docs.get(span.start), span)


def group(context: Context, span: Span, body: Body) -> Group:
    """`{ … }` as a step."""
    return Group(body, span)


def assertion(context: Context, span: Span, sizes: tuple[Expression, ...]) -> ShapeAssertion:
    """`[56, 56, _]`."""
    wanted = (None if isinstance(s, Name) and s.name == "_" else s for s in sizes)
    return ShapeAssertion(tuple(wanted), span)


def if_(
    context: Context, span: Span, condition: Expression, then: Body, otherwise: Body | None
) -> If:
    """`if condition { … } else { … }`."""
    return If(condition, then, otherwise, span)


def else_if(context: Context, span: Span, condition: Expression, then: Body, other: If) -> If:
    """`if condition { … } else if …`."""
    chain = Chain((), (), (other,), None, other.span)
    return If(condition, then, Body((chain,), other.span), span)


def for_(context: Context, span: Span, target: Target, iterable: Expression, body: Body) -> For:
    """`for target in iterable { … }`."""
    return For(target, iterable, body, span)


def repeat(context: Context, span: Span, count: Expression, body: Body) -> Repeat:
    """`repeat count { … }`."""
    return Repeat(count, body, span)


def call(
    context: Context, span: Span, name: int, arguments: tuple[Argument, ...] | None
) -> LayerCall:
    """`name(arguments)`."""
    tokens = context.tokens
    return LayerCall(tokens.text(name), arguments, None, None, None, tokens.span(name), span)


def call_body(
    context: Context, span: Span, name: int, arguments: tuple[Argument, ...] | None, body: Body
) -> LayerCall:
    """`name(arguments) { statements }`."""
    tokens = context.tokens
    return LayerCall(tokens.text(name), arguments, body, None, None, tokens.span(name), span)


def call_branches(
    context: Context,
    span: Span,
    name: int,
    arguments: tuple[Argument, ...] | None,
    branches: tuple[Branch, ...],
) -> LayerCall:
    """`name { a | b }`."""
    tokens = context.tokens
    return LayerCall(tokens.text(name), arguments, None, branches, None, tokens.span(name), span)


def none_step(context: Context, span: Span) -> LayerCall:
    """`none`, the branch that is absent."""
    return LayerCall("none", None, None, None, None, span, span)


def through(
    context: Context,
    span: Span,
    name: int,
    arguments: tuple[Argument, ...] | None,
    path: Expression,
) -> LayerCall:
    """`network through block5.pool`."""
    tokens = context.tokens
    return LayerCall(tokens.text(name), arguments, None, None, path, tokens.span(name), span)


def branch(context: Context, span: Span, chain: Chain) -> Branch:
    """One chain between `|`."""
    return Branch(chain, None, None, span)


def each(
    context: Context, span: Span, target: Target, iterable: Expression, chain: Chain
) -> Branch:
    """`each target in iterable { chain }`."""
    return Branch(chain, target, iterable, span)
