"""What to do at the end of each rule of the grammar, ready for the driver.

Every builder named by the grammar is looked up here once, so a missing one fails at import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from types import ModuleType
from typing import Any

from archspec.frontends.dsl import build_definitions, build_expressions, build_statements
from archspec.frontends.dsl.context import Context
from archspec.frontends.dsl.tables import RULES
from archspec.source import Span, limits
from archspec.syntax import Expression, Step

_NESTED = (Expression, Step)

Builder = Callable[..., Any]
"""Makes a node from the context, the span and the children."""

Make = Callable[[Context, list[Any], int, int], Any]
"""Makes the value of a rule from the values of its parts, and where the first one begins and the
last one ends."""

Children = Callable[[list[Any]], Sequence[Any]]
"""Takes the children from the parts of a rule."""

Rule = tuple[int, int, Make | None]
"""Origin, length, and what makes the value; None for a rule that hands on its only part."""

Places = list[tuple[int | None, bool]]
"""Where children stand in a rule, from its end (None: absent), and whether each is a list."""

_MODULES: tuple[ModuleType, ...] = (build_definitions, build_statements, build_expressions)


def _find(name: str) -> Builder:
    for module in _MODULES:
        found = getattr(module, name, None) or getattr(module, f"{name}_", None)
        if found is not None:
            builder: Builder = found
            return builder
    raise LookupError(f"the grammar names `{name}`, which no module of builders has")


def _prepare(
    origin: int, length: int, name: str, recipe: list[int | None], lists: list[int]
) -> Rule:
    places: Places = [(None if p is None else p - length, p in lists) for p in recipe]
    if not name:
        return origin, length, None if length == 1 else _kept(places[0][0])
    if name == "list" and lists == [0] and recipe == [0, length - 1]:
        return origin, length, _appended
    children = _whole if not lists and recipe == [*range(length)] else _children(places)
    if name == "list":
        return origin, length, _listed(children)
    if name == "items":
        return origin, length, _tuple_of(children)
    return origin, length, _built(_find(name), children)


def _whole(parts: list[Any]) -> Sequence[Any]:
    """All parts are children."""
    return parts


def _children(places: Places) -> Children:
    """What takes the children from the parts of a rule; the simple ones are the most frequent."""
    first, is_list = places[0] if places else (None, False)
    if len(places) == 1 and first is not None:
        return itemgetter(first) if is_list else lambda parts: (parts[first],)
    if not any(place is None or is_list for place, is_list in places):
        return itemgetter(*[place for place, _ in places]) if places else lambda parts: ()
    return lambda parts: _gather(parts, places)


def _gather(values: list[Any], places: Places) -> list[Any]:
    """The children at `places`, with lists spliced in and None for what is absent."""
    children: list[Any] = []
    for place, is_list in places:
        if place is None:
            children.append(None)
        elif is_list:
            children += values[place]
        else:
            children.append(values[place])
    return children


def _kept(place: Any) -> Make:
    """One part of several is the value."""
    return lambda context, parts, begin, last: parts[place]


def _appended(context: Context, parts: list[Any], begin: int, last: int) -> list[Any]:
    """The last part joins the list that stands first."""
    found: list[Any] = parts[0]
    found.append(parts[-1])
    return found


def _listed(children: Children) -> Make:
    return lambda context, parts, begin, last: [*children(parts)]


def _tuple_of(children: Children) -> Make:
    return lambda context, parts, begin, last: context.few(tuple(children(parts)), begin)


def _built(builder: Builder, children: Children) -> Make:
    """A builder makes a node from the children."""

    def make(context: Context, parts: list[Any], begin: int, last: int) -> Any:
        span = Span(context.source, begin, last if last > begin else begin)
        value = builder(context, span, *children(parts))
        if last - begin > limits.NESTING and isinstance(value, _NESTED):
            context.measure(value, span)
        return value

    return make


PREPARED: list[Rule] = [_prepare(*rule) for rule in RULES]
