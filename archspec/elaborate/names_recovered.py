"""check_names_recovered: the names of a file from which syntax errors have taken parts."""

from __future__ import annotations

import re

from archspec.diagnostics import Diagnostic, Report
from archspec.elaborate.names import check_names
from archspec.source import SourceText
from archspec.syntax.program import Program

CERTAIN = {
    "duplicate-name",
    "missing-argument",
    "not-a-join",
    "not-supported",
    "recursion",
    "repeated-argument",
    "unknown-argument",
    "unknown-attribute",
    "unknown-layer",
    "unknown-name",
}
"""What is wrong whatever stood in the missing parts, but for names that were declared there."""


def check_names_recovered(program: Program, report: Report) -> None:
    """Report what is wrong with what is left; what the lost parts may explain stays silent."""
    found = Report()
    check_names(program, found)
    found.diagnostics = [one for one in found.diagnostics if _certain(one)]
    report.extend(found)


def _certain(found: Diagnostic) -> bool:
    unknown = found.code in ("unknown-layer", "unknown-name")
    if unknown and _declared(found.span.text, found.span.source):
        return False
    return found.code in CERTAIN


def _declared(name: str, source: SourceText) -> bool:
    """Whether the text seems to declare the name, in a part that was lost."""
    word = rf"(?<!\w){re.escape(name)}(?!\w)"
    ways = (rf"{word}\s*:", rf"(?:block|network|let|layer|input)\s+{word}", rf"for\b[^{{]*{word}")
    return any(re.search(way, source.text) for way in ways)
