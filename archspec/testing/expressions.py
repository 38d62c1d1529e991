"""Draws expressions for the attributes of ops, with the values that they have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archspec.dimensions import Shape, elements
from archspec.ops.attribute import Attribute as OpAttribute
from archspec.ops.initializer import KNOWN, Initializer
from archspec.syntax import (
    Argument,
    Attribute,
    Binary,
    Boolean,
    Call,
    Expression,
    ListOf,
    Name,
    Number,
    Unary,
)
from archspec.testing.scope import Drawing, Scope

Written = tuple[Expression, Any]
"""An expression, and its value as an op's record stores it."""

FLOATS = (0.5, 0.1, 1.5, 0.003, 2.0, 0.0, -0.7, -2.0)
MOST = 4


def literal(value: float) -> Expression:
    """A number as it is written."""
    return Number(value) if value >= 0 else Unary("-", Number(-value))


def number(drawing: Drawing, scope: Scope, least: int, most: int, shape: Shape) -> Written:
    """A whole number: a literal, a name, a size of the value, or arithmetic."""
    options: list[Written] = [
        (Name(name), value) for name, value in scope.numbers.items() if least <= value <= most
    ]
    if shape and least <= shape[-1] <= most:
        options.append((Attribute(None, "channels"), shape[-1]))
    for one, value in list(options):
        if value + 1 <= most:
            options.append((Binary("+", one, Number(1)), value + 1))
        if 2 * value <= most:
            options.append((Binary("*", Number(2), one), 2 * value))
    if options and drawing.chance(40):
        return drawing.choose(options)
    value = drawing.whole(least, most)
    return literal(value), value


def written(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    """A value that the attribute may be given, by its kind and range."""
    return _KINDS[attribute.kind](drawing, scope, attribute, shape)


def _bounds(attribute: OpAttribute) -> tuple[int, int]:
    least = int(attribute.minimum) if attribute.minimum is not None else -1
    most = MOST if attribute.maximum is None else min(MOST, int(attribute.maximum))
    return least, max(least, most)


def _int(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    least, most = _bounds(attribute)
    return number(drawing, scope, least, most, shape)


def _float(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    options = [one for one in FLOATS if _within(attribute, one)]
    if attribute.minimum is None:
        options.remove(0.0)
    value = drawing.choose(options)
    return literal(value), value


def _within(attribute: OpAttribute, value: float) -> bool:
    try:
        attribute.store(value, 1)
    except ValueError:
        return False
    return True


def _bool(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    value = drawing.truth()
    return Boolean(value), value


def _listed(parts: list[Written]) -> Written:
    return ListOf(tuple(one for one, _ in parts)), [value for _, value in parts]


def _size(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    least, most = _bounds(attribute)
    if not drawing.chance(35):
        return number(drawing, scope, least, most, shape[-1:])
    axes = len(shape) - 1
    return _listed([number(drawing, scope, least, most, ()) for _ in range(axes)])


def _pairs(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    least, _ = _bounds(attribute)
    if not drawing.chance(60):
        return number(drawing, scope, least, 2, ())
    parts: list[Written] = []
    for _ in shape[:-1]:
        one = number(drawing, scope, least, 2, ())
        if drawing.chance(60):
            one = _listed([one, number(drawing, scope, least, 2, ())])
        parts.append(one)
    return _listed(parts)


def _padding(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    word = drawing.pick("valid", "same", "half", "amounts")
    if word == "amounts":
        return _pairs(drawing, scope, attribute, shape)
    return Name(word), word


def _sizes(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    """Sizes with as many elements as the value has: those that other shapes can be joined with."""
    left = elements(shape)
    sizes: list[int] = []
    for _ in range(drawing.whole(0, 3)):
        divisors = [one for one in range(1, left + 1) if left % one == 0]
        sizes.append(drawing.choose(divisors))
        left //= sizes[-1]
    sizes.append(left)
    return _listed([(literal(one), one) for one in sizes])


def _choice(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    word = drawing.pick(*attribute.choices)
    return Name(word), word


def _initializer(drawing: Drawing, scope: Scope, attribute: OpAttribute, shape: Shape) -> Written:
    word = drawing.pick(*KNOWN)
    given = {
        key: 0.3 for key, default in KNOWN[word].items() if default is None or drawing.chance(50)
    }
    made = Initializer.make(word, given)
    arguments = tuple(Argument(key, Number(value)) for key, value in given.items())
    return (Call(word, arguments) if given else Name(word)), made


_KINDS: dict[str, Callable[[Drawing, Scope, OpAttribute, Shape], Written]] = {
    "int": _int,
    "float": _float,
    "bool": _bool,
    "size": _size,
    "padding": _padding,
    "pairs": _pairs,
    "sizes": _sizes,
    "choice": _choice,
    "initializer": _initializer,
}
