"""Expressions of the language mean the same as the Python that is written for them."""

from __future__ import annotations

import ast
import math
from random import Random

import pytest

from archspec import syntax
from archspec.elaborate.frame import MISSING
from archspec.lowering.docs import docstring
from archspec.lowering.names import Names, class_name
from archspec.lowering.python import number, python, string
from archspec.lowering.symbol import equal, simplified
from archspec.lowering.values import Unknown, value_of

NAMES = {"a": 3, "b": 7, "c": 2, "xs": (1, 4, 9)}
ARITHMETIC = ("+", "-", "*", "//", "%", "**")
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


def drawn(random: Random, depth: int) -> syntax.Expression:
    if depth == 0:
        return random.choice(
            (syntax.Name(random.choice("abc")), syntax.Number(random.choice((0, 1, 2, 12))))
        )
    one, other, third = (drawn(random, depth - 1) for _ in range(3))
    kind = random.randrange(8)
    if kind == 0:
        return syntax.Unary("-", one)
    if kind == 1:
        condition = syntax.Binary(random.choice(COMPARISONS), one, other)
        return syntax.Conditional(condition, third, one)
    if kind == 2:
        inner = syntax.Binary("and", syntax.Binary("<", one, other), syntax.Boolean(True))
        return syntax.Conditional(syntax.Unary("not", inner), other, third)
    if kind == 3:
        function = random.choice(("max", "min"))
        return syntax.Call(function, (syntax.Argument(None, one), syntax.Argument(None, other)))
    if kind == 4:
        target = syntax.Target("k")
        listed = syntax.Comprehension(
            syntax.Binary("*", syntax.Name("k"), one), target, syntax.Name("xs")
        )
        return syntax.Call("sum", (syntax.Argument(None, listed),))
    return syntax.Binary(random.choice(ARITHMETIC), one, other)


def value(code: syntax.Expression) -> object:
    return value_of(code, lambda name: NAMES.get(name, MISSING), lambda name: None)


@pytest.mark.parametrize("seed", range(3))
def test_python_has_the_same_value(seed: int) -> None:
    random = Random(seed)
    seen = 0
    for _ in range(600):
        code = drawn(random, random.randint(1, 3))
        try:
            wanted = value(code)
        except Unknown:
            continue
        seen += 1
        text = python(code)
        assert eval(text, {"math": math, **NAMES}) == wanted, text
        assert value(simplified(code)) == wanted, text
        assert equal(code, code)
    assert seen > 300


@pytest.mark.parametrize("text", ['a "b"', "it's", "\\", "tab\t", '"', "'\"", "é", "\n", "{x}"])
def test_text_is_quoted(text: str) -> None:
    assert ast.literal_eval(string(text)) == text
    assert ast.literal_eval(docstring(f"Says {text}.").strip()).replace("\n", "")


@pytest.mark.parametrize("one", [1e-5, 0.0001, 0.9, 1e30, 1.0, 3, 2.5e-7, 0.00012])
def test_numbers_are_themselves(one: float) -> None:
    assert ast.literal_eval(number(one)) == one


def test_names_are_free_and_valid() -> None:
    names = Names({"x"})
    assert [names.take(one) for one in ("x", "class", "x", "len", "filters")] == [
        "x_2",
        "class_",
        "x_3",
        "len_",
        "filters",
    ]
    assert class_name("conv_bn_2") == "ConvBn2"
