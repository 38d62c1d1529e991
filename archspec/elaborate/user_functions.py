"""Calls of functions in expressions: those of the language, and those that a file defines."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.binding import match
from archspec.elaborate.frame import Frame
from archspec.elaborate.functions import FUNCTIONS
from archspec.elaborate.lists import listed, size_of
from archspec.elaborate.run import again, refuse
from archspec.elaborate.types import convert
from archspec.elaborate.values import Refused
from archspec.source import Span


def function_call(expression: syntax.Call, frame: Frame) -> Any:
    """`function(arguments)`."""
    found = frame.module.find(expression.function)
    if found is not None and isinstance(found[0], syntax.Function):
        return _defined(found[0], found[1].frame, expression, frame)
    if found is None and expression.function in FUNCTIONS:
        return _built_in(expression, frame)
    raise _unknown(expression, frame)


def _built_in(expression: syntax.Call, frame: Frame) -> Any:
    rule, least, most = FUNCTIONS[expression.function]
    for argument in expression.arguments:
        if argument.name is not None:
            message = f"`{expression.function}` takes no named arguments"
            raise refuse(frame, "unknown-argument", argument.span, message)
    count = len(expression.arguments)
    if count < least or (most is not None and count > most):
        wanted = (
            f"{least} or more" if most is None else least if least == most else f"{least} to {most}"
        )
        many = "" if wanted == 1 else "s"
        message = f"`{expression.function}` takes {wanted} argument{many}, not {count}"
        code = "missing-argument" if count < least else "unknown-argument"
        raise refuse(frame, code, expression.span, message)
    values = [frame.run.evaluate(argument.value, frame) for argument in expression.arguments]
    frame.run.count(sum(size_of(one) for one in values if type(one) is tuple), frame, expression)
    found = rule(*values)
    return listed(found, expression, frame) if type(found) is tuple else found


def _defined(function: syntax.Function, home: Frame, expression: syntax.Call, frame: Frame) -> Any:
    run = frame.run
    run.count(10 + _size(run.function_sizes, function), frame, expression)
    names = tuple(parameter.name for parameter in function.parameters)
    given = match(frame, f"function `{function.name}`", names, ((expression.arguments, 0),))
    inner = Frame("iteration", function, None, None, home.module, run)
    inner.depth = frame.depth + 1
    if inner.depth > run.deepest:
        message = f"functions call each other more than {run.deepest} levels deep"
        run.abandon(frame, expression, message)
    for parameter in function.parameters:
        if parameter.name in given:
            value = convert(parameter.type, given[parameter.name][0].value, frame)
        elif parameter.default is not None:
            value = convert(parameter.type, parameter.default, inner)
        else:
            message = f"function `{function.name}` needs `{parameter.name}`"
            raise refuse(frame, "missing-argument", _name_span(expression), message)
        inner.bindings[parameter.name] = value
    return run.evaluate(function.value, inner)


def _size(sizes: dict[syntax.Function, int], function: syntax.Function) -> int:
    if function not in sizes:
        sizes[function] = sum(1 for _ in function.value.walk())
    return sizes[function]


def _unknown(expression: syntax.Call, frame: Frame) -> Refused:
    from archspec.diagnostics.suggest import did_you_mean

    if frame.run.report.told("unknown-name", _name_span(expression)):
        return again(frame)
    name = expression.function
    known = [*FUNCTIONS, *frame.module.names()]
    return refuse(
        frame,
        "unknown-name",
        _name_span(expression),
        f"no function is called `{name}`",
        help=did_you_mean(name, known),
    )


def _name_span(expression: syntax.Call) -> Span:
    """The place of the function's name."""
    span = expression.span
    return Span(span.source, span.start, span.start + len(expression.function))
