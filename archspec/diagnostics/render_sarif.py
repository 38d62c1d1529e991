"""render_sarif: diagnostics in SARIF 2.1.0, the exchange format of code-scanning services."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from archspec.diagnostics import catalog
from archspec.diagnostics.diagnostic import Diagnostic
from archspec.source import Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(diagnostics: Sequence[Diagnostic], *, version: str) -> str:
    """The findings as one SARIF log in ASCII; `version` is that of the tool."""
    codes = sorted({one.code for one in diagnostics})
    driver = {
        "name": "archspec",
        "version": version,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code)) for one in diagnostics],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str) -> dict[str, Any]:
    rule = catalog.find(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": rule.severity},
    }


def _location(span: Span, message: str = "") -> dict[str, Any]:
    uri = quote(span.source.name.encode("utf-8", "surrogatepass"))
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if span.source.text:
        line, column = span.source.position(span.start)
        end_line, end_column = span.source.position(span.end)
        physical["region"] = {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        }
    found: dict[str, Any] = {"physicalLocation": physical}
    if message:
        found["message"] = {"text": message}
    return found


def _result(one: Diagnostic, rule: int) -> dict[str, Any]:
    parts = [one.message]
    parts += [one.label] if one.label else []
    parts += [f"in {one.trace}"] if one.trace else []
    parts += [f"help: {one.help}"] if one.help else []
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": "\n".join(parts)},
        "locations": [_location(one.span)],
    }
    if one.labels:
        result["relatedLocations"] = [
            {"id": number, **_location(label.span, label.text)}
            for number, label in enumerate(one.labels)
        ]
    return result
