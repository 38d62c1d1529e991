"""Lists: literals, comprehensions, elements, slices."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse, span_of
from archspec.elaborate.values import UNKNOWN, Refused, describe
from archspec.ir import Recipe
from archspec.source import limits


def listed(value: tuple[Any, ...], site: syntax.Node, frame: Frame) -> tuple[Any, ...]:
    """The list itself, counted with all that it holds, so that sharing cannot make it endless."""
    size = size_of(value)
    frame.run.count(size, frame, site)
    if size > limits.LIST_ITEMS:
        message = f"a list has at most {limits.LIST_ITEMS:_} items"
        raise refuse(frame, "limit-exceeded", span_of(site), message)
    return value


def size_of(value: tuple[Any, ...]) -> int:
    """How many elements a list holds, with those of the lists in it."""
    # Elements are lists that were counted before, so none of them is too large to walk.
    return len(value) + sum(size_of(item) for item in value if type(item) is tuple)


def pick(expression: syntax.ListOf, frame: Frame) -> Any:
    """`[a, b]`."""
    evaluate = frame.run.evaluate
    return listed(tuple([evaluate(item, frame) for item in expression.items]), expression, frame)


def items_of(expression: syntax.Expression, frame: Frame) -> tuple[Any, ...]:
    """The list to go through."""
    found = frame.run.evaluate(expression, frame)
    if type(found) is not tuple:
        message = f"this goes through a list, not {describe(found)}"
        help = "use `repeat` for a number of rounds" if type(found) is int else ""
        raise refuse(frame, "wrong-type", expression.span, message, help=help)
    return found


def bind(target: syntax.Target, value: Any, frame: Frame) -> None:
    """Bind the names of a loop to one element."""
    if target.name is not None:
        frame.bindings[target.name] = value
        if value.__class__ is Recipe:
            frame.run.layer_names.add(target.name)
        return
    if type(value) is not tuple or len(value) != len(target.parts):
        names = ", ".join(target.names())
        message = f"{describe(value)} cannot be taken apart into {names}"
        raise refuse(frame, "wrong-type", target.span, message)
    for part, item in zip(target.parts, value, strict=True):
        bind(part, item, frame)


def comprehension(expression: syntax.Comprehension, frame: Frame) -> Any:
    """`[element for target in iterable if condition]`."""
    found = []
    evaluate = frame.run.evaluate
    for item in items_of(expression.iterable, frame):
        frame.run.count(1, frame, expression)
        inner = overlay(frame, expression)
        bind(expression.target, item, inner)
        if expression.condition is not None:
            kept = evaluate(expression.condition, inner)
            if type(kept) is not bool:
                message = f"a condition must be true or false, not {describe(kept)}"
                raise refuse(frame, "wrong-type", expression.condition.span, message)
            if not kept:
                continue
        found.append(evaluate(expression.element, inner))
    return listed(tuple(found), expression, frame)


def overlay(frame: Frame, site: syntax.Node) -> Frame:
    """A frame for names of an expression; it is no part of the graph."""
    inner = Frame("iteration", site, None, frame, frame.module, frame.run)
    inner.here = frame.here
    inner.depth = frame.depth + 1
    return inner


def index(expression: syntax.Index, frame: Frame) -> Any:
    """`base[index]`."""
    base = frame.run.evaluate(expression.base, frame)
    number = frame.run.evaluate(expression.index, frame)
    if type(base) is not tuple:
        message = f"{describe(base)} has no elements"
        help = "a label is a list only where it stands in a loop"
        raise refuse(frame, "wrong-type", expression.base.span, message, help=help)
    position = _whole(number, expression.index, frame)
    if not -len(base) <= position < len(base):
        message = f"there is no element {position} in a list of {len(base)}"
        help = "elements are counted from 0"
        raise refuse(frame, "evaluation-error", expression.index.span, message, help=help)
    found = base[position]
    if found is UNKNOWN:
        raise Refused
    return found


def piece(expression: syntax.Slice, frame: Frame) -> Any:
    """`base[start:stop]`."""
    base = frame.run.evaluate(expression.base, frame)
    if type(base) is not tuple:
        message = f"{describe(base)} has no elements"
        raise refuse(frame, "wrong-type", expression.base.span, message)
    bounds = [
        None if one is None else _whole(frame.run.evaluate(one, frame), one, frame)
        for one in (expression.start, expression.stop)
    ]
    return listed(base[bounds[0] : bounds[1]], expression, frame)


def _whole(value: Any, site: syntax.Expression, frame: Frame) -> int:
    if type(value) is not int:
        message = f"a position in a list is a whole number, not {describe(value)}"
        raise refuse(frame, "wrong-type", site.span, message)
    return value
