"""Code that stands on numbers alone, worked out."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.frame import MISSING
from archspec.lowering.plan import Code
from archspec.lowering.rewrite import free_names, rewrite
from archspec.lowering.values import Unknown, value_of

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


def decided(code: Code) -> Code:
    """The code without conditions that are always true or always false.

    What else stands on numbers alone stays as it was written.
    """

    def replace(part: Code) -> Code | None:
        if isinstance(part, syntax.Conditional):
            condition = decided(part.condition)
            if isinstance(condition, syntax.Boolean):
                return decided(part.then if condition.value else part.otherwise)
        if isinstance(part, syntax.Unary) and part.operator == "not":
            operand = decided(part.operand)
            if isinstance(operand, syntax.Boolean):
                return syntax.Boolean(not operand.value)
        if isinstance(part, syntax.Binary):
            return _connected(part) if part.operator in ("and", "or") else _compared(part)
        return None

    return rewrite(code, replace)


def _connected(code: syntax.Binary) -> Code | None:
    """`and` and `or` with a side that is known."""
    left, right = decided(code.left), decided(code.right)
    strong = code.operator == "or"
    for one, other in ((left, right), (right, left)):
        if isinstance(one, syntax.Boolean):
            return one if one.value is strong else other
    return None


def _compared(code: syntax.Binary) -> Code | None:
    if code.operator not in COMPARISONS:
        return None
    found = _known(code)
    return syntax.Boolean(found) if isinstance(found, bool) else None


def folded(code: Code) -> Code:
    """The code with choices and calls that stand on numbers alone worked out."""

    def replace(part: Code) -> Code | None:
        if isinstance(part, syntax.Call | syntax.Index):
            found = _known(part)
            return syntax.Number(found) if type(found) is int else None
        return None

    return rewrite(decided(code), replace)


def _known(code: Code) -> Any:
    if free_names(code) or any(isinstance(one, syntax.Attribute) for one in code.walk()):
        return None
    try:
        return value_of(code, lambda name: MISSING, lambda name: None)
    except Unknown:
        return None
