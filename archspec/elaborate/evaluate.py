"""evaluate: the value of an expression at one place of the network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archspec import syntax
from archspec.elaborate import operators
from archspec.elaborate.evaluate_layer import chosen
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.lists import comprehension, index, listed, pick, piece, size_of
from archspec.elaborate.operators import Wrong
from archspec.elaborate.run import refuse
from archspec.elaborate.size_of_value import attribute, the_input
from archspec.elaborate.user_functions import function_call
from archspec.elaborate.values import UNKNOWN, Refused
from archspec.source.limits import EVALUATION_STEPS


def evaluate(expression: syntax.Expression, frame: Frame) -> Any:
    """An int, float, bool, str, tuple of such, `Value` or `Recipe`; reports and raises `Refused`.

    The value at this point of the chain is `frame.here`.
    """
    budget = frame.run.budget
    budget.steps += 1
    if budget.steps > EVALUATION_STEPS:
        frame.run.count(0, frame, expression)
    rule = _RULES.get(expression.__class__)
    if rule is None:
        raise refuse(frame, "wrong-type", expression.span, "a layer cannot stand here")
    try:
        return rule(expression, frame)
    except Wrong as wrong:
        span = expression.span
        raise refuse(frame, wrong.code, span, wrong.message, help=wrong.help) from None


def _literal(expression: Any, frame: Frame) -> Any:
    return expression.value


def _number(expression: syntax.Number, frame: Frame) -> Any:
    return operators.bounded(expression.value)


def _name(expression: syntax.Name, frame: Frame) -> Any:
    name = expression.name
    found = frame.lookup(name)
    if found is MISSING:
        found = frame.module.constant(name)
        if found is MISSING:
            if name == "input":
                return the_input(expression, frame)
            from archspec.elaborate.unknown_name import unknown_name

            raise unknown_name(expression, frame)
    if found is UNKNOWN:
        raise Refused
    return found


def _unary(expression: syntax.Unary, frame: Frame) -> Any:
    value = evaluate(expression.operand, frame)
    if expression.operator == "not":
        return not operators.truth(value, "the operand of `not`")
    return operators.negative(value)


def _binary(expression: syntax.Binary, frame: Frame) -> Any:
    left = expression.left
    if left.__class__ is not syntax.Binary and expression.operator not in ("and", "or"):
        return _apply(expression, evaluate(left, frame), evaluate(expression.right, frame), frame)
    # A long sum leans to the left: it is folded in a loop, not by recursion.
    spine = [expression]
    while isinstance(spine[-1].left, syntax.Binary):
        spine.append(spine[-1].left)
    value = evaluate(spine[-1].left, frame)
    for one in reversed(spine):
        symbol = one.operator
        if symbol in ("and", "or"):
            if operators.truth(value, f"the left side of `{symbol}`") == (symbol == "and"):
                value = operators.truth(evaluate(one.right, frame), f"the right side of `{symbol}`")
            continue
        value = _apply(one, value, evaluate(one.right, frame), frame)
    return value


def _apply(expression: syntax.Binary, left: Any, right: Any, frame: Frame) -> Any:
    try:
        if left.__class__ is right.__class__ is int and expression.operator in operators.EXACT:
            return operators.bounded(operators.EXACT[expression.operator](left, right))
        if type(left) is tuple:
            frame.run.count(size_of(left), frame, expression)
        value = operators.binary(expression.operator, left, right)
    except Wrong as wrong:
        span = expression.span
        raise refuse(frame, wrong.code, span, wrong.message, help=wrong.help) from None
    return listed(value, expression, frame) if type(value) is tuple else value


def _conditional(expression: syntax.Conditional, frame: Frame) -> Any:
    return evaluate(chosen(expression, frame), frame)


def condition(expression: syntax.Expression, frame: Frame) -> bool:
    """The truth value of a condition."""
    value = evaluate(expression, frame)
    try:
        return operators.truth(value, "a condition")
    except Wrong as wrong:
        span = expression.span
        raise refuse(frame, wrong.code, span, wrong.message, help=wrong.help) from None


_RULES: dict[type, Callable[[Any, Frame], Any]] = {
    syntax.Number: _number,
    syntax.Boolean: _literal,
    syntax.Text: _literal,
    syntax.Name: _name,
    syntax.Unary: _unary,
    syntax.Binary: _binary,
    syntax.Conditional: _conditional,
    syntax.Attribute: attribute,
    syntax.Call: function_call,
    syntax.ListOf: pick,
    syntax.Comprehension: comprehension,
    syntax.Index: index,
    syntax.Slice: piece,
}
