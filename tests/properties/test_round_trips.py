"""Every tree survives being written and read, as text and as JSON; every spec shipped does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.diagnostics import Report
from archspec.frontends.dsl.parser import parse
from archspec.frontends.dsl.printer import print_expression, print_file
from archspec.frontends.external.reader import from_json
from archspec.frontends.external.writer import to_json
from archspec.source import SourceText
from archspec.syntax import (
    Argument,
    Attribute,
    Binary,
    Block,
    Body,
    Boolean,
    Branch,
    Call,
    Chain,
    Comprehension,
    Conditional,
    Constant,
    Expect,
    Expression,
    File,
    For,
    Group,
    If,
    Index,
    Input,
    Label,
    LayerCall,
    LayerInstance,
    LayerLiteral,
    Let,
    ListOf,
    Name,
    Network,
    Number,
    Output,
    Parameter,
    Repeat,
    ShapeAssertion,
    Slice,
    Target,
    Text,
    Type,
    Unary,
    Variant,
)

SPECS = sorted((Path(__file__).parents[2] / "specs").rglob("*.arch"))
QUICK = settings(
    derandomize=True,
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "==", "<", "<=", "and", "or")

names = st.sampled_from(["a", "b_1", "conv", "Z"])
words = st.sampled_from(["a", "channels", "if", "layer"])
docs = st.none() | st.sampled_from(["One line.", "Two\n\nlines, # and a mark."])


def tuples(of: st.SearchStrategy, least: int = 0, most: int = 3) -> st.SearchStrategy:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


targets = st.builds(Target, names) | tuples(st.builds(Target, names), 2).map(
    lambda parts: Target(None, parts)
)
leaves = st.one_of(
    st.builds(Number, st.integers(0, 2**200) | st.floats(0, allow_infinity=False)),
    st.builds(Text, st.text(st.characters(exclude_categories=["Cs"]), max_size=8)),
    st.builds(Boolean, st.booleans()),
    st.builds(Name, st.sampled_from(["a", "b_1", "input", "none", "same"])),
    st.builds(Attribute, st.none(), words),
)


def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    arguments = tuples(st.builds(Argument, st.none() | words, inner))
    chain = st.builds(LayerCall, names, arguments).map(lambda call: Chain((), (), (call,)))
    return st.one_of(
        st.builds(Unary, st.sampled_from(["-", "not"]), inner),
        st.builds(Binary, st.sampled_from(OPERATORS), inner, inner),
        st.builds(Conditional, inner, inner, inner),
        st.builds(ListOf, tuples(inner)),
        st.builds(Comprehension, inner, targets, inner, st.none() | inner),
        st.builds(Index, inner, inner),
        st.builds(Slice, inner, st.none() | inner, st.none() | inner),
        st.builds(Attribute, inner, words),
        st.builds(Call, names, arguments),
        st.builds(LayerLiteral, st.builds(Body, tuples(chain))),
    )


expressions = st.recursive(leaves, larger, max_leaves=12)
short = st.recursive(leaves, larger, max_leaves=3)
arguments = st.none() | tuples(st.builds(Argument, st.none() | words, short))
types = st.recursive(
    st.builds(Type, st.sampled_from(["int", "layer", "size"])),
    lambda inner: (
        st.builds(Type, st.just("list"), tuples(inner, 1, 1))
        | st.builds(Type, st.just("tuple"), tuples(inner, 2))
    ),
    max_leaves=3,
)


def chains(bodies: st.SearchStrategy[Body]) -> st.SearchStrategy[Chain]:
    calls = st.one_of(
        st.builds(LayerCall, names, arguments),
        st.builds(LayerCall, names, arguments, bodies),
        st.builds(LayerCall, names, arguments, through=st.just(Attribute(Name("a"), "conv"))),
        st.just(LayerCall("none")),
    )
    leading = st.one_of(
        calls,
        st.builds(If, short, bodies, st.none() | bodies),
        st.builds(For, targets, short, bodies),
        st.builds(Repeat, short, bodies),
    )
    groups = st.builds(Group, bodies)
    steps = st.one_of(leading, groups, st.builds(ShapeAssertion, tuples(st.none() | short, 1)))
    labels = tuples(st.builds(Label, names), 1)
    unlabelled = st.tuples(leading, tuples(steps)).map(lambda p: (p[0], *p[1]))
    labelled = st.tuples(leading | groups, tuples(steps)).map(lambda p: (p[0], *p[1]))
    return st.one_of(
        st.builds(Chain, st.just(()), st.just(()), unlabelled, docs),
        st.builds(Chain, labels, st.just(()), labelled, docs),
        st.builds(Chain, st.just(()) | labels, tuples(short, 1), tuples(steps), docs),
    )


def joins(bodies: st.SearchStrategy[Body]) -> st.SearchStrategy[Chain]:
    inner = chains(bodies)
    branches = st.builds(Branch, inner) | st.builds(Branch, inner, targets, short)
    calls = st.builds(LayerCall, names, arguments, branches=tuples(branches, 1))
    return calls.map(lambda call: Chain((), (), (call,)))


def bodies(depth: int) -> st.SearchStrategy[Body]:
    inner = bodies(depth - 1) if depth else st.builds(Body, st.just(()))
    statements = st.one_of(
        chains(inner),
        joins(inner),
        st.builds(Let, names, short),
        st.builds(LayerInstance, names, inner),
        st.builds(Input, names, tuples(short, 1)),
        st.builds(Output, tuples(short, 1), st.booleans()),
        st.builds(Expect, short),
    )
    return st.builds(Body, tuples(statements))


parameters = tuples(st.builds(Parameter, names, types, st.none() | short))
expectations = st.builds(Body, tuples(st.builds(Expect, short)))
definitions = st.one_of(
    st.builds(Block, names, parameters, bodies(2), docs),
    st.builds(Network, names, parameters, bodies(1), docs),
    st.builds(
        Variant, names, names, arguments.map(lambda a: a or ()), st.none() | expectations, docs
    ),
    st.builds(Constant, names, expressions),
)


def read(text: str) -> File:
    report = Report()
    file = parse(SourceText("test", text), report)
    assert not report.diagnostics, (text, report.diagnostics)
    file.comments = ()
    return file


@QUICK
@given(expressions)
def test_expressions(expression: Expression) -> None:
    text = print_expression(expression)
    (constant,) = read(f"let x = {text}").definitions
    assert isinstance(constant, Constant)
    assert constant.value.same(expression), text


def test_no_parentheses_too_many() -> None:
    """Two operators below each other: without its parentheses a text means something else."""
    a, b, c = Name("a"), Name("b"), Name("c")
    inner = [
        *(Binary(operator, a, b) for operator in OPERATORS),
        *(Unary(operator, a) for operator in ("-", "not")),
        Conditional(a, b, c),
    ]
    pairs = [
        pair
        for one in inner
        for operator in OPERATORS
        for pair in (Binary(operator, one, c), Binary(operator, c, one))
    ] + [Unary(operator, one) for one in inner for operator in ("-", "not")]
    bracketed = 0
    for expression in pairs:
        text = print_expression(expression)
        bare = text.replace("(", "").replace(")", "")
        report = Report()
        file = parse(SourceText("test", f"let x = {bare}"), report)
        means_the_same = not report.failed and file.definitions[0].same(Constant("x", expression))
        assert means_the_same is (bare == text), text
        bracketed += bare != text
    assert 50 < bracketed < len(pairs) - 50


@QUICK
@given(tuples(definitions))
def test_files_as_text_and_as_json(made: tuple) -> None:
    file = File(made)
    text = print_file(file)
    assert read(text).same(file), text
    report = Report()
    back = from_json(SourceText("test.json", to_json(file)), report)
    assert not report.diagnostics
    assert back.same(file)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_shipped_specs(path: Path) -> None:
    file = read(path.read_text(encoding="utf-8"))
    text = print_file(file)
    assert read(text).same(file)
    assert print_file(read(text)) == text
    report = Report()
    assert from_json(SourceText("test.json", to_json(file)), report).same(file)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_place_of_every_node_is_exact(path: Path) -> None:
    file = read(path.read_text(encoding="utf-8"))
    for node in file.walk():
        if isinstance(node, Expression):
            (constant,) = read(f"let x = {node.span.text}").definitions
            assert isinstance(constant, Constant)
            assert constant.value.same(node)
        if isinstance(node, LayerCall | Block | Network | Variant):
            assert node.name_span.text == node.name
        for child in node.children():
            assert node.span.start <= child.span.start <= child.span.end <= node.span.end
