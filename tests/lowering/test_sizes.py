"""Closed forms of sizes: what shape rules may do, and how far arithmetic goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from archspec.dimensions import Shape
from archspec.lowering.planning.sizes import Sizes, through_op
from archspec.lowering.python import python
from archspec.lowering.symbol import symbol
from archspec.ops.registry import find
from archspec.syntax import Binary, Expression, Name
from archspec.testing.compiled import graph_of

TEXT = "network net { input sequence[8, 4] relu }"


def through(rule: Callable[[int], Any]) -> Sizes:
    """The sizes after an op whose shape rule makes this of the channels."""
    graph, relu = graph_of(TEXT), find("relu")
    assert graph is not None
    assert relu is not None

    def shape(attributes: Any, inputs: Any) -> tuple[Shape, ...]:
        return ((inputs[0][0], rule(inputs[0][1])),)

    sizes = (Name("t"), Name("c"))
    return through_op(replace(relu, shape=shape), graph.nodes, {}, [sizes], ())[0]


@pytest.mark.parametrize(
    "rule",
    [
        lambda size: size if size > 2 else 2,
        lambda size: sum(range(size)),
        lambda size: size.bit_length(),
        lambda size: int(0.5 * size),
    ],
)
def test_a_rule_that_needs_numbers_leaves_no_form(rule: Callable[[int], Any]) -> None:
    assert through(rule) == (None, None)


def test_a_rule_of_arithmetic_gives_a_form() -> None:
    size = through(lambda size: 2 * size + 1)[1]
    assert size is not None
    assert python(size) == "2 * c + 1"


def test_a_mistake_in_a_rule_is_not_swallowed() -> None:
    with pytest.raises(KeyError):
        through(lambda size: {"height": size}["width"])


def test_a_power_of_a_form_that_is_too_long_stays_as_it_is() -> None:
    def total(names: str) -> Expression:
        first, *others = map(Name, names)
        found: Expression = first
        for one in others:
            found = Binary("+", found, one)
        return found

    power = Binary("**", Binary("*", total("abcde"), total("fghij")), Name("k"))
    code = symbol(power).code()
    assert code is not None
    assert python(code) == python(power)
