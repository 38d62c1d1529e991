"""convert: an argument as a value of its parameter's type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archspec import syntax
from archspec.diagnostics import Label
from archspec.elaborate.evaluate_layer import chosen, layer_of
from archspec.elaborate.frame import Frame
from archspec.elaborate.lists import size_of
from archspec.elaborate.run import refuse
from archspec.elaborate.values import describe
from archspec.ir import Recipe, Value

PADDINGS = ("valid", "same", "half")


def convert(type: syntax.Type, expression: syntax.Expression, frame: Frame) -> Any:
    """The value of `expression`, evaluated in `frame`, as a value of `type`."""
    special = _SPECIAL.get(type.name)
    if special is not None:
        return special(type, expression, frame)
    value = frame.run.evaluate(expression, frame)
    return checked(type, value, expression, frame)


def checked(type: syntax.Type, value: Any, site: syntax.Expression, frame: Frame) -> Any:
    """`value` if it is of `type`; an int becomes a float where one is wanted."""
    if value.__class__ is tuple:
        frame.run.count(size_of(value), frame, site)
    if not fits(type, value):
        message = f"this must be {spell(type)}, not {describe(value)}"
        labels = [Label(type.span, "the type that is wanted")]
        raise refuse(frame, "wrong-type", site.span, message, labels=labels)
    if type.name == "float":
        return float(value)
    return value


def fits(type: syntax.Type, value: Any) -> bool:
    """Whether the value is of the type."""
    check = _CHECKS.get(type.name)
    if check is not None:
        return check(value)
    if value.__class__ is not tuple:
        return False
    if type.name == "list":
        return all(fits(type.items[0], item) for item in value)
    return len(value) == len(type.items) and all(map(fits, type.items, value))


def spell(type: syntax.Type) -> str:
    """The type in words."""
    if type.name == "list":
        return f"a list of {_PLURALS.get(type.items[0].name, 'rows')}"
    if type.name == "tuple":
        return f"a row of {len(type.items)} elements"
    return _WORDS.get(type.name, type.name)


def _layer(type: syntax.Type, expression: syntax.Expression, frame: Frame) -> Any:
    return layer_of(expression, frame)


def _padding(type: syntax.Type, expression: syntax.Expression, frame: Frame) -> Any:
    return checked(type, with_words(expression, PADDINGS, frame), expression, frame)


def with_words(expression: syntax.Expression, words: tuple[str, ...], frame: Frame) -> Any:
    """The value of an expression in which the words stand for themselves."""
    expression = chosen(expression, frame)
    if isinstance(expression, syntax.Name) and expression.name in words:
        return expression.name
    return frame.run.evaluate(expression, frame)


def _list(type: syntax.Type, expression: syntax.Expression, frame: Frame) -> Any:
    if isinstance(expression, syntax.ListOf) and _has_words(type):
        count = len(expression.items)
        types = item_types(type, count)
        if len(types) != count:
            message = f"this must be {spell(type)}, not of {count}"
            labels = [Label(type.span, "the type that is wanted")]
            raise refuse(frame, "wrong-type", expression.span, message, labels=labels)
        pairs = zip(types, expression.items, strict=True)
        return tuple([convert(one, item, frame) for one, item in pairs])
    return checked(type, frame.run.evaluate(expression, frame), expression, frame)


def item_types(type: syntax.Type, count: int) -> tuple[syntax.Type, ...]:
    """The types of the elements of a list of `count`, or of a row."""
    return type.items * count if type.name == "list" else type.items


def _has_words(type: syntax.Type) -> bool:
    """Whether elements may be layers or words, which only their type tells from names."""
    return type.name in ("layer", "padding") or any(map(_has_words, type.items))


def _is_int(value: Any) -> bool:
    return value.__class__ is int


def _is_number(value: Any) -> bool:
    return value.__class__ is int or value.__class__ is float


def _is_size(value: Any) -> bool:
    return _is_int(value) or (value.__class__ is tuple and all(map(_is_int, value)))


def _is_padding(value: Any) -> bool:
    if value.__class__ is tuple:
        return all(map(_is_size, value))
    return _is_int(value) or value in PADDINGS


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "int": _is_int,
    "float": _is_number,
    "bool": lambda value: value.__class__ is bool,
    "str": lambda value: value.__class__ is str,
    "size": _is_size,
    "padding": _is_padding,
    "layer": lambda value: isinstance(value, Recipe),
    "value": lambda value: isinstance(value, Value),
}

_SPECIAL: dict[str, Callable[[syntax.Type, syntax.Expression, Frame], Any]] = {
    "layer": _layer,
    "padding": _padding,
    "list": _list,
    "tuple": _list,
}

_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "a text",
    "size": "a whole number or a list of them",
    "padding": "valid, same, half, a number or a list",
    "layer": "a layer",
    "value": "a named value",
}

_PLURALS = {
    "int": "whole numbers",
    "float": "numbers",
    "bool": "truth values",
    "str": "texts",
    "size": "sizes",
    "padding": "paddings",
    "layer": "layers",
    "value": "named values",
    "list": "lists",
}
