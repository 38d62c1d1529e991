"""The type of what a pure function returns, where its text tells."""

from __future__ import annotations

from collections.abc import Mapping

from archspec import syntax

_WHOLE = {"int", "round", "len", "ceil", "floor"}


def returned(function: syntax.Function, before: Mapping[str, str | None]) -> str | None:
    """`int`, `float`, `bool` or `str`; None where it cannot be told.

    `before` are the types of what the functions return that this one may call.
    """
    types = {one.name: one.type.name for one in function.parameters}
    return _type(function.value, types | {f"{name}()": kind for name, kind in before.items()})


def _type(code: syntax.Expression, types: Mapping[str, str | None]) -> str | None:
    match code:
        case syntax.Number(value=value):
            return type(value).__name__
        case syntax.Boolean():
            return "bool"
        case syntax.Text():
            return "str"
        case syntax.Name(name=name):
            found = types.get(name)
            return found if found in ("int", "float", "bool", "str") else None
        case syntax.Unary(operator=operator, operand=operand):
            return "bool" if operator == "not" else _type(operand, types)
        case syntax.Binary():
            return _binary(code, types)
        case syntax.Conditional(then=then, otherwise=otherwise):
            return _both(_type(then, types), _type(otherwise, types))
        case syntax.Call(function=function):
            known = types.get(f"{function}()")
            return known or _call(function, [_type(one.value, types) for one in code.arguments])
    return None


def _binary(code: syntax.Binary, types: Mapping[str, str | None]) -> str | None:
    if code.operator in ("==", "!=", "<", "<=", ">", ">="):
        return "bool"
    found = _both(_type(code.left, types), _type(code.right, types))
    if code.operator in ("and", "or"):
        return found if found == "bool" else None
    if code.operator == "/" and found is not None:
        return "float"
    # A negative power of a whole number is a fraction.
    return None if code.operator == "**" and found == "int" else found


def _call(function: str, arguments: list[str | None]) -> str | None:
    if function in _WHOLE:
        return "int"
    if function not in ("min", "max") or not arguments:
        return None
    found = arguments[0]
    for one in arguments[1:]:
        found = _both(found, one)
    return found


def _both(left: str | None, right: str | None) -> str | None:
    if left == right:
        return left
    return "float" if {left, right} == {"int", "float"} else None
