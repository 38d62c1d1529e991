"""The Python types of expressions in pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archspec import syntax
from archspec.syntax import Target

WHOLE = frozenset(("ceil", "floor", "int", "len", "round"))
BUILT_IN = frozenset(("max", "min", "sum"))
COMPARING = frozenset(("==", "!=", "<", "<=", ">", ">=", "and", "or"))


def kind(code: syntax.Expression, known: Mapping[str, str]) -> str:
    """The type of an expression; `known` are those of names and of what functions return.

    >>> from archspec.syntax import Argument, Binary, Call, Name, Number
    >>> kind(Binary("*", Name("n"), Number(2)), {"n": "int"})
    'int'
    >>> kind(Call("near", (Argument(None, Name("v")),)), {"v": "float", "near": "int"})
    'int'
    """
    match code:
        case syntax.Number(value=value) | syntax.Boolean(value=value) | syntax.Text(value=value):
            return type(value).__name__
        case syntax.Name(name=name):
            return known.get(name, "float")
        case syntax.Conditional(then=then, otherwise=otherwise):
            return _wider([kind(then, known), kind(otherwise, known)])
        case syntax.Unary() | syntax.Binary():
            return _operator(code, known)
        case syntax.Call():
            return _call(code, known)
    return _container(code, known)


def _call(code: syntax.Call, known: Mapping[str, str]) -> str:
    if code.function in WHOLE:
        return "int"
    if code.function == "range":
        return "range[int]"
    if code.function not in BUILT_IN:
        return known.get(code.function, "float")
    found = [kind(one.value, known) for one in code.arguments]
    return _element(found[0]) if len(found) == 1 else _wider(found)


def _container(code: syntax.Expression, known: Mapping[str, str]) -> str:
    match code:
        case syntax.ListOf(items=items):
            return f"tuple[{_wider([kind(one, known) for one in items])}, ...]"
        case syntax.Comprehension(element=element, target=target, iterable=iterable):
            inside = {**known, **_bound(target, _element(kind(iterable, known)))}
            return f"tuple[{kind(element, inside)}, ...]"
        case syntax.Index(base=base):
            return _element(kind(base, known))
        case syntax.Slice(base=base):
            return f"Sequence[{_element(kind(base, known))}]"
    return "float"


def _bound(target: Target, found: str) -> dict[str, str]:
    return {target.name: found} if target.name is not None else {}


def _element(found: str) -> str:
    """The type of what a list holds."""
    inside = re.fullmatch(r"\w+\[(.*?)(, \.\.\.)?\]", found)
    if inside is None:
        return "float"
    # The places of a row may be of several kinds; lists in rows are not looked into.
    return inside[1] if "[" in inside[1] else _wider(inside[1].split(", "))


def _operator(code: syntax.Unary | syntax.Binary, known: Mapping[str, str]) -> str:
    if isinstance(code, syntax.Unary):
        return "bool" if code.operator == "not" else kind(code.operand, known)
    if code.operator in COMPARING:
        return "bool"
    if code.operator == "/":
        return "float"
    return _wider([kind(code.left, known), kind(code.right, known)])


def _wider(found: Sequence[str]) -> str:
    return found[0] if len(set(found)) == 1 else "float"
