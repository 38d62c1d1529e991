"""Makes a new expression from an old one by replacing parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archspec import syntax

Replace = Callable[[syntax.Expression], syntax.Expression | None]


def rewrite(code: syntax.Expression, replace: Replace) -> syntax.Expression:
    """`code` with every part that `replace` has an answer for replaced, from the outside in.

    The answer itself is not looked into; None leaves the part and goes on inside.
    """
    found = replace(code)
    if found is not None:
        return found
    changed = {name: _part(value, replace) for name, value in vars(code).items()}
    if all(changed[name] is value for name, value in vars(code).items()):
        return code
    return type(code)(**changed)


def _part(value: Any, replace: Replace) -> Any:
    if isinstance(value, syntax.Expression):
        return rewrite(value, replace)
    if isinstance(value, syntax.Argument):
        inner = rewrite(value.value, replace)
        return value if inner is value.value else syntax.Argument(value.name, inner, value.span)
    if isinstance(value, tuple):
        parts = tuple(_part(one, replace) for one in value)
        return value if all(map(_is, parts, value)) else parts
    return value


def _is(left: object, right: object) -> bool:
    return left is right


def substitute(code: syntax.Expression, names: dict[str, syntax.Expression]) -> syntax.Expression:
    """`code` with names replaced; those that a comprehension binds stay."""
    if not names:
        return code

    def replace(part: syntax.Expression) -> syntax.Expression | None:
        if isinstance(part, syntax.Name):
            return names.get(part.name)
        if isinstance(part, syntax.Comprehension):
            bound = part.target.names()
            if any(name in names for name in bound):
                inner = {name: one for name, one in names.items() if name not in bound}
                kept = [None if x is None else substitute(x, inner) for x in _inner(part)]
                assert kept[0] is not None
                iterable = substitute(part.iterable, names)
                return syntax.Comprehension(kept[0], part.target, iterable, kept[1])
        return None

    return rewrite(code, replace)


def _inner(
    part: syntax.Comprehension,
) -> tuple[syntax.Expression, syntax.Expression | None]:
    return part.element, part.condition


def free_names(code: syntax.Expression) -> set[str]:
    """The names that the expression reads, without those that it binds itself."""
    if isinstance(code, syntax.Name):
        return {code.name}
    if isinstance(code, syntax.Comprehension):
        inside = free_names(code.element)
        if code.condition is not None:
            inside |= free_names(code.condition)
        return (inside - set(code.target.names())) | free_names(code.iterable)
    found: set[str] = set()
    for child in code.children():
        if isinstance(child, syntax.Argument):
            found |= free_names(child.value)
        elif isinstance(child, syntax.Expression):
            found |= free_names(child)
    return found
