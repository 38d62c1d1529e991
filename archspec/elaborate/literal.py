"""literal: a Python value as an expression of the language."""

from __future__ import annotations

from typing import Any

from archspec import syntax


def literal(value: Any) -> syntax.Expression:
    """The expression; one that is an expression already is returned as it is."""
    if isinstance(value, syntax.Expression):
        return value
    if isinstance(value, bool):
        return syntax.Boolean(value)
    if isinstance(value, int | float):
        return syntax.Number(value)
    if isinstance(value, list | tuple):
        return syntax.ListOf(tuple(literal(item) for item in value))
    text = str(value)
    # A word, a layer or a text: the type of the parameter tells which.
    return syntax.Name(text) if text.isidentifier() else syntax.Text(text)
