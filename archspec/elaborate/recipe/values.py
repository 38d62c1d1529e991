"""attribute_value: what the text gives for an attribute of a part, as it is stored."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.argument_value import Written, argument_value
from archspec.elaborate.evaluate_layer import chosen
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import describe
from archspec.ir import Recipe as Layer
from archspec.ir import Value
from archspec.ops.attribute import Attribute
from archspec.ops.initializer import OutOfRange

RANK = 2
"""Parts are told sizes for two spatial axes."""


def attribute_value(attribute: Attribute, argument: syntax.Argument, frame: Frame) -> Any:
    """The value of an argument; not for parts in parts."""
    if attribute.kind == "word":
        return _word(attribute, argument.value, frame)
    if attribute.kind == "paths":
        return _paths(argument.value, frame)
    value = argument_value(Written(attribute, argument, 0), (frame,))
    return stored(attribute, value, argument, frame)


def stored(attribute: Attribute, value: Any, argument: syntax.Argument, frame: Frame) -> Any:
    """A value as the attribute stores it, or the reason why it cannot be."""
    help, span = f"`{attribute.name}`: {attribute.doc}", argument.value.span
    if isinstance(value, Value | Layer):
        message = f"`{attribute.name}` cannot be {describe(value)}"
        raise refuse(frame, "wrong-type", span, message, help=help)
    try:
        return attribute.store(value, RANK)
    except ValueError as problem:
        code = "out-of-range" if isinstance(problem, OutOfRange) else "wrong-type"
        message = f"`{attribute.name}` {problem}"
        raise refuse(frame, code, span, message, help=help) from None


def _word(attribute: Attribute, expression: syntax.Expression, frame: Frame) -> str:
    expression = chosen(expression, frame)
    if isinstance(expression, syntax.Name):
        return expression.name
    help = f"`{attribute.name}`: {attribute.doc}"
    message = f"`{attribute.name}` must be a name"
    raise refuse(frame, "wrong-type", expression.span, message, help=help)


def _paths(expression: syntax.Expression, frame: Frame) -> tuple[str, ...]:
    expression = chosen(expression, frame)
    items = expression.items if isinstance(expression, syntax.ListOf) else (expression,)
    return tuple(path(one, frame) for one in items)


def path(expression: syntax.Expression, frame: Frame) -> str:
    """A path such as `stage[2].main` with dots throughout, as the names of weights have it."""
    parts: list[str] = []
    one = expression
    while not isinstance(one, syntax.Name):
        if isinstance(one, syntax.Attribute) and one.base is not None:
            parts.append(one.name)
            one = one.base
        elif isinstance(one, syntax.Index):
            number = frame.run.evaluate(one.index, frame)
            if type(number) is not int or number < 0:
                message = f"a path counts from 0, and here stands {describe(number)}"
                raise refuse(frame, "wrong-type", one.index.span, message)
            parts.append(str(number))
            one = one.base
        else:
            message = "this must be the path of a layer or block"
            help = "such as `conv1` or `stage[2].main`"
            raise refuse(frame, "wrong-type", one.span, message, help=help)
    return ".".join((one.name, *reversed(parts)))
