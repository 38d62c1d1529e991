"""render_json: diagnostics for programs; the keys are stable.

::

    {"diagnostics": [{"code", "severity", "message", "file", "line", "column", "end_line",
                      "end_column", "label", "labels": [{"file", …, "text"}], "trace", "help"}],
     "errors": 1, "warnings": 0, "notes": 0, "truncated": false}

Lines and columns count from 1, columns in characters; an end is exclusive. A finding without a
place in a text has `line` and `column` 0.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from archspec.diagnostics.diagnostic import Diagnostic
from archspec.source import Span


def render_json(diagnostics: Sequence[Diagnostic], *, truncated: bool = False) -> str:
    """The findings as one JSON document in ASCII."""
    return json.dumps(to_json(diagnostics, truncated=truncated), indent=2)


def to_json(diagnostics: Sequence[Diagnostic], *, truncated: bool = False) -> dict[str, Any]:
    """The findings as dicts, lists, words and numbers."""
    return {
        "diagnostics": [_finding(one) for one in diagnostics],
        "errors": sum(one.severity == "error" for one in diagnostics),
        "warnings": sum(one.severity == "warning" for one in diagnostics),
        "notes": sum(one.severity == "note" for one in diagnostics),
        "truncated": truncated,
    }


def place(span: Span) -> dict[str, Any]:
    """File, line and column of both ends of a span."""
    if not span.source.text:
        return {
            "file": span.source.name,
            "line": 0,
            "column": 0,
            "end_line": 0,
            "end_column": 0,
        }
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {
        "file": span.source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _finding(one: Diagnostic) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        **place(one.span),
        "label": one.label,
        "labels": [{**place(label.span), "text": label.text} for label in one.labels],
        "trace": one.trace,
        "help": one.help,
    }
