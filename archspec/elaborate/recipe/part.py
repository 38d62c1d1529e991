"""choice: one written part, such as `sgd(learning_rate=0.1)`, with all its attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from archspec import syntax
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.binding import match
from archspec.elaborate.evaluate_layer import chosen
from archspec.elaborate.frame import Frame
from archspec.elaborate.recipe.settings import KNOWN
from archspec.elaborate.recipe.values import RANK, attribute_value
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused
from archspec.ops.attribute import REQUIRED, Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.recipe import Choice
from archspec.recipes.record import Part
from archspec.recipes.registry import find, names
from archspec.recipes.settings import Setting
from archspec.source import Span

NO_FILLS: Mapping[str, Any] = {}


def choices(setting: syntax.Setting, known: Setting, frame: Frame) -> tuple[Choice, ...]:
    """The parts of a setting that takes several: one, or a list of them."""
    expression = chosen(setting.value, frame)
    items: Sequence[syntax.Expression] = (expression,)
    if isinstance(expression, syntax.ListOf):
        items = expression.items
    if known.required and not items:
        message, help = f"`{known.name}` is an empty list", f"`{known.name}`: {known.doc}"
        raise refuse(frame, "missing-setting", expression.span, message, help=help)
    found = []
    for one in items:
        with suppress(Refused):
            found.append(choice(known, one, frame))
    if len(found) != len(items):
        raise Refused
    return tuple(found)


def choice(
    known: Setting,
    expression: syntax.Expression,
    frame: Frame,
    fills: Mapping[str, Any] = NO_FILLS,
) -> Choice:
    """The part; `fills` are values of attributes that are not written, instead of defaults."""
    expression = chosen(expression, frame)
    record, place = _record(known, expression, frame)
    arguments = expression.arguments if isinstance(expression, syntax.Call) else ()
    _misplaced(record, arguments, frame)
    wanted = [one.name for one in record.attributes]
    given = match(frame, f"`{record.name}`", wanted, ((arguments, 0),))
    missing = [
        one
        for one in record.attributes
        if one.default is REQUIRED and one.name not in given and one.name not in fills
    ]
    if missing:
        raise _missing(record, missing, place, frame)
    values: dict[str, Any] = {}
    places: dict[str, Span] = {}
    then = None
    for one in record.attributes:
        argument = given[one.name][0] if one.name in given else None
        with suppress(Refused):
            if one.kind == "part":
                written = argument.value if argument else syntax.Name(one.default, place)
                then = choice(known, written, frame)
                values[one.name] = then.name
            elif argument is not None:
                values[one.name] = attribute_value(one, argument, frame)
            else:
                values[one.name] = _default(one, fills)
            if argument is not None:
                places[one.name] = argument.value.span
    if len(values) != len(wanted):
        raise Refused
    made = Choice(record, Attributes(values), expression.span, then, places)
    _check_together(made, frame)
    return made


def _default(attribute: Attribute, fills: Mapping[str, Any]) -> Any:
    if attribute.name in fills:
        return fills[attribute.name]
    return attribute.default_value(RANK)


def _record(known: Setting, expression: syntax.Expression, frame: Frame) -> tuple[Part, Span]:
    """The record that is named, and the place of the name."""
    kind, span = known.kind or "", expression.span
    if isinstance(expression, syntax.Name):
        name = expression.name
    elif isinstance(expression, syntax.Call):
        name = expression.function
        span = Span(span.source, span.start, min(span.end, span.start + len(name)))
    else:
        few = isinstance(expression, syntax.ListOf)
        message = f"`{known.name}` takes one part" if few else f"this must be {known.one}"
        shown = ", ".join(f"`{one}`" for one in names(kind))
        raise refuse(frame, "wrong-type", span, message, help=f"known here: {shown}")
    record = find(kind, name)
    if record is None:
        message = f"there is no `{name}` that could be {known.one}"
        help = did_you_mean(name, names(kind))
        raise refuse(frame, "unknown-part", span, message, label="not known", help=help)
    return record, span


def _misplaced(record: Part, arguments: Sequence[syntax.Argument], frame: Frame) -> None:
    """Report what is a setting of its own here, and an argument in other libraries."""
    for one in arguments:
        if one.name in KNOWN and record.attribute(one.name or "") is None:
            message = f"`{record.name}` has no `{one.name}`"
            help = f"write `{one.name}: …` as a setting of its own"
            raise refuse(frame, "unknown-argument", one.span, message, help=help)


def _missing(record: Part, missing: list[Attribute], place: Span, frame: Frame) -> Refused:
    listed = " and ".join(f"`{one.name}`" for one in missing)
    help = f"`{missing[0].name}`: {missing[0].doc}; such as `{record.example}`"
    message = f"`{record.name}` needs {listed}"
    return refuse(frame, "missing-argument", place, message, help=help)


def _check_together(made: Choice, frame: Frame) -> None:
    failed = None
    for problem in made.record.check(made.attributes):
        span = made.span if problem.attribute is None else made.place(problem.attribute)
        failed = refuse(frame, problem.code, span, problem.message, help=problem.help)
    if failed is not None:
        raise failed
