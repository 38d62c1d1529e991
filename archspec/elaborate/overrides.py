"""overrides: values for parameters that come from outside the spec, as expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.types import spell
from archspec.source import NOWHERE, SourceText, Span
from archspec.syntax.program import Program

PREFIX = "let "
"""Put before `classes=10`, which makes it a definition that the front end can parse."""


def read(
    given: Mapping[str, object] | Sequence[str], program: Program, report: Report
) -> dict[str, syntax.Expression] | None:
    """The value of each parameter as an expression, or None where one cannot be read.

    Texts such as `classes=10` or `depths=[3, 4]` are read by the program's own front end;
    numbers, words, truth values and lists of a mapping are taken as they are.
    """
    found: dict[str, syntax.Expression] = {}
    before = len(report.diagnostics)
    if isinstance(given, Mapping):
        for name, value in given.items():
            expression = literal(value)
            if expression is None:
                message = f"`{name}` cannot be set to a {type(value).__name__}"
                report.add("wrong-type", NOWHERE, message)
            else:
                found[name] = expression
    else:
        for text in given:
            constant = _constant(text, program, report)
            if constant is not None and constant.name in found:
                message = f"`{constant.name}` is given twice"
                report.add("repeated-argument", constant.span, message, help="remove one of them")
            elif constant is not None:
                found[constant.name] = constant.value
    return found if len(report.diagnostics) == before else None


def _constant(text: str, program: Program, report: Report) -> syntax.Constant | None:
    """`name=value` as a definition whose spans lie in `text`."""
    scratch = Report()
    file = program.parse(SourceText("--set", PREFIX + text), scratch)
    match file.definitions:
        case (syntax.Constant() as constant,) if not scratch.failed:
            source, shift = SourceText("--set", text), len(PREFIX)
            for node in constant.walk():
                places = vars(node)
                for name in places.keys() & {"span", "name_span"}:
                    start, end = places[name].start, places[name].end
                    places[name] = Span(source, max(start - shift, 0), max(end - shift, 0))
            return constant
    source = SourceText("--set", text)
    report.add(
        "syntax-error",
        Span(source, 0, len(text)),
        "this is not a parameter with a value",
        help="write it as `name=value`, such as `classes=10` or `depths=[3, 4, 6, 3]`",
    )
    return None


def literal(value: object) -> syntax.Expression | None:
    """A value of Python as an expression, or None for what has no place in a spec."""
    if isinstance(value, bool):
        return syntax.Boolean(value)
    if isinstance(value, int | float):
        return syntax.Number(value)
    if isinstance(value, str):
        # A word, a layer or a parameter's text: the parameter's type tells which.
        return syntax.Name(value) if value.isidentifier() else syntax.Text(value)
    if isinstance(value, list | tuple):
        items = [literal(item) for item in value]
        known = [item for item in items if item is not None]
        return syntax.ListOf(tuple(known)) if len(known) == len(items) else None
    return value if isinstance(value, syntax.Expression) else None


def typed(
    given: Mapping[str, syntax.Expression],
    parameters: Iterable[syntax.Parameter],
    report: Report,
) -> dict[str, syntax.Expression] | None:
    """The values with words made into texts where a text is wanted; None after refusing words.

    Outside the spec there are no names, so a word can only mean a text, a padding or a layer.
    """
    types = {parameter.name: parameter.type for parameter in parameters}
    found = dict(given)
    failed = False
    for name, value in given.items():
        type_ = types.get(name)
        if type_ is None or not isinstance(value, syntax.Name):
            continue
        if type_.name == "str":
            found[name] = syntax.Text(value.name, value.span)
        elif type_.name not in ("layer", "padding"):
            message = f"`{name}` must be {spell(type_)}, not `{value.name}`"
            report.add("wrong-type", value.span, message)
            failed = True
    return None if failed else found
