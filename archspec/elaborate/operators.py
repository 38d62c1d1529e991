"""Arithmetic and comparisons, exact and bounded."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from archspec.elaborate.values import describe
from archspec.source import limits


class Wrong(Exception):
    """An operation that has no result: the code of the diagnostic, its words, and help."""

    def __init__(self, code: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help


def is_number(value: Any) -> bool:
    """Whether the value is an int or a float (a truth value is neither)."""
    return type(value) is int or type(value) is float


def bounded(value: Any) -> Any:
    """The number itself, if it is finite, real, and of a reasonable length."""
    if type(value) is int:
        if value.bit_length() > limits.INTEGER_BITS:
            bits = limits.INTEGER_BITS
            raise Wrong("limit-exceeded", f"the result has more than {bits} binary digits")
        return value
    if type(value) is not float or not math.isfinite(value):
        raise Wrong("evaluation-error", "the result is not a finite number")
    return value


def power(left: Any, right: Any) -> Any:
    """`left ** right`, with its size estimated before it is computed."""
    whole = type(left) is int and type(right) is int
    if whole and abs(left) > 1 and (left.bit_length() - 1) * right > limits.INTEGER_BITS:
        bits = limits.INTEGER_BITS
        raise Wrong("limit-exceeded", f"the result has more than {bits} binary digits")
    return left**right


ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": power,
}

EXACT: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
"""What always has a result for whole numbers."""

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def binary(symbol: str, left: Any, right: Any) -> Any:
    """`left symbol right` for everything but `and` and `or`; raises `Wrong`."""
    if symbol in ("==", "!="):
        return equal(left, right) == (symbol == "==")
    if symbol == "+" and type(left) is tuple and type(right) is tuple:
        return left + right
    for side in (left, right):
        if not is_number(side):
            hint = "to a list, only a list can be added" if type(side) is tuple else ""
            raise Wrong("wrong-type", f"`{symbol}` needs numbers, not {describe(side)}", hint)
    if symbol in ORDER:
        return ORDER[symbol](left, right)
    try:
        return bounded(ARITHMETIC[symbol](left, right))
    except ZeroDivisionError:
        raise Wrong("evaluation-error", "this divides by zero") from None
    except OverflowError:
        raise Wrong("evaluation-error", "the result is not a finite number") from None


def equal(left: Any, right: Any) -> bool:
    """Whether two values of one kind are equal; unlike kinds are an error."""
    if is_number(left) and is_number(right):
        return bool(left == right)
    if type(left) is not type(right) or type(left) not in (bool, str, tuple):
        raise Wrong("wrong-type", f"{describe(left)} cannot be compared with {describe(right)}")
    if type(left) is tuple:
        return len(left) == len(right) and all(map(equal, left, right))
    return bool(left == right)


def negative(value: Any) -> Any:
    """`-value`."""
    if not is_number(value):
        raise Wrong("wrong-type", f"`-` needs a number, not {describe(value)}")
    return -value


def truth(value: Any, what: str) -> bool:
    """The truth value, or an error: numbers and lists are neither true nor false."""
    if type(value) is not bool:
        hint = "compare it, such as `x > 0`"
        raise Wrong("wrong-type", f"{what} must be true or false, not {describe(value)}", hint)
    return value
