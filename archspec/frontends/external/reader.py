"""From JSON to the tree."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from pydantic import BaseModel, ValidationError

from archspec.diagnostics import Report
from archspec.frontends.dsl.parser import parse
from archspec.frontends.dsl.printer import print_file
from archspec.frontends.external.models import FILE_MODEL
from archspec.frontends.external.nodes import CLASSES, kept
from archspec.frontends.external.places import find_place
from archspec.source import SourceText, Span
from archspec.syntax import File

_MISTAKES = 20


def from_json(source: SourceText, report: Report) -> File:
    """The tree of a JSON text; what is wrong with it is reported.

    The tree is read back from its own text in the language, so that diagnostics can show lines
    of it, and so that nothing can be said in JSON that the language cannot say. Never raises.
    """
    try:
        return _read(source, report)
    except json.JSONDecodeError as error:
        place = Span(source, error.pos, min(error.pos + 1, len(source.text)))
        report.add("syntax-error", place, f"this is not JSON: {error.msg.lower()}")
    except RecursionError:
        report.add("limit-exceeded", Span(source, 0, 1), "this is nested too deep")
    except ValueError as error:
        report.add("syntax-error", Span(source, 0, 1), f"this is not JSON: {error}")
    return _nothing(source)


def _nothing(source: SourceText) -> File:
    return File((), (), Span(source, 0, len(source.text)))


def _read(source: SourceText, report: Report) -> File:
    data = json.loads(
        source.text, object_pairs_hook=_without_repetition, parse_constant=_no_constant
    )
    try:
        model = FILE_MODEL.model_validate(data)
    except ValidationError as error:
        for found in error.errors(include_url=False)[:_MISTAKES]:
            message, path = found["msg"], found["loc"]
            if found["type"].startswith("recursion"):
                raise RecursionError(message) from error
            if found["type"] == "missing":
                message = f"`{path[-1]}` is required"
            _report(path, message, source, report)
        return _nothing(source)
    return _read_back(_tree(model), source, report)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise ValueError(f'the key "{twice}" stands twice in one object')
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number of a spec")


def _report(path: tuple[str | int, ...], message: str, source: SourceText, report: Report) -> None:
    start, end, shown = find_place(source.text, path)
    line_end = source.text.find("\n", start)
    end = min(end, line_end) if line_end >= 0 else end
    shown = f"…{shown[-60:]}" if len(shown) > 61 else shown or "the file"
    report.add(
        "syntax-error",
        Span(source, start, end),
        f"{shown}: {message[0].lower()}{message[1:]}",
        help="the JSON Schema of the external form lists what may stand here",
    )


def _tree(value: object) -> Any:
    """The nodes behind validated models."""
    if isinstance(value, list):
        return tuple(map(_tree, value))
    if not isinstance(value, BaseModel):
        return value
    cls = CLASSES[type(value).__name__]
    parts = {field.name: _tree(getattr(value, field.name)) for field in kept(cls)}
    if parts.get("doc") is not None:
        parts["doc"] = "\n".join(line.strip() for line in parts["doc"].split("\n")).strip()
    return cls(**parts)


def _read_back(made: File, source: SourceText, report: Report) -> File:
    found = Report()
    text = print_file(made)
    file = parse(SourceText(f"{source.name} (as .arch)", text), found)
    file.comments = ()
    report.extend(found)
    if found.failed:
        return file
    pairs = zip(made.definitions, file.definitions, strict=False)
    for index, (wanted, got) in enumerate(pairs):
        if not wanted.same(got):
            message = "no text of the language has this form"
            _report(("definitions", index), message, source, report)
    return file
