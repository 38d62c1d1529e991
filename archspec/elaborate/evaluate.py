"""evaluate: the value of an expression at one place of the network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archspec import syntax
from archspec.dimensions import axis, show
from archspec.dimensions.shape import AXES
from archspec.elaborate import operators
from archspec.elaborate.evaluate_layer import chosen
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.lists import comprehension, index, listed, pick, piece, size_of
from archspec.elaborate.operators import Wrong
from archspec.elaborate.run import refuse
from archspec.elaborate.unknown_name import unknown_name
from archspec.elaborate.user_functions import function_call
from archspec.elaborate.values import ABSENT, UNKNOWN, Refused, describe
from archspec.ir import Value


def evaluate(expression: syntax.Expression, frame: Frame) -> Any:
    """An int, float, bool, str, tuple of such, `Value` or `Recipe`; reports and raises `Refused`.

    The value at this point of the chain is `frame.here`.
    """
    rule = _RULES.get(type(expression))
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
            raise unknown_name(expression, frame)
    if found is UNKNOWN:
        raise Refused
    return found


def the_input(expression: syntax.Expression, frame: Frame) -> Value:
    """What came into the block or network that this text belongs to."""
    incoming = frame.definition_frame().incoming
    if len(incoming) == 1:
        if incoming[0] is UNKNOWN:
            raise Refused
        return incoming[0]
    if not incoming:
        raise refuse(frame, "no-input", expression.span, "nothing comes in here")
    raise refuse(
        frame,
        "several-inputs",
        expression.span,
        f"there are {len(incoming)} inputs",
        help="use the name of the input that is meant",
    )


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


def _attribute(expression: syntax.Attribute, frame: Frame) -> int:
    value = _base(expression, frame)
    if value is UNKNOWN:
        raise Refused
    if not isinstance(value, Value):
        message = f"only a value of the network has `.{expression.name}`, not {describe(value)}"
        raise refuse(frame, "unknown-attribute", expression.span, message)
    if value is ABSENT:
        raise refuse(frame, "unknown-attribute", expression.span, "this value is `none`")
    found = axis(value.shape, expression.name)
    if found is None:
        known = ", ".join(f"`{name}`" for name in AXES.get(len(value.shape), ("channels",)))
        raise refuse(
            frame,
            "unknown-attribute",
            expression.span,
            f"`{expression.name}` is no axis of {show(value.shape)}",
            label=f"the value is {show(value.shape)}",
            help=f"its axes are {known}",
        )
    return int(value.shape[found])


def _base(expression: syntax.Attribute, frame: Frame) -> Any:
    if expression.base is not None:
        return evaluate(expression.base, frame)
    if len(frame.here) == 1:
        return frame.here[0]
    count = len(frame.here) or "no"
    raise refuse(
        frame,
        "wrong-input-count",
        expression.span,
        f"`.{expression.name}` needs one value at this point, and there are {count} values",
    )


_RULES: dict[type, Callable[[Any, Frame], Any]] = {
    syntax.Number: _number,
    syntax.Boolean: _literal,
    syntax.Text: _literal,
    syntax.Name: _name,
    syntax.Unary: _unary,
    syntax.Binary: _binary,
    syntax.Conditional: _conditional,
    syntax.Attribute: _attribute,
    syntax.Call: function_call,
    syntax.ListOf: pick,
    syntax.Comprehension: comprehension,
    syntax.Index: index,
    syntax.Slice: piece,
}
