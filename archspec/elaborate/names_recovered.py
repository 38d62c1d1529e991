"""check_names_recovered: the names of a file from which syntax errors have taken parts."""

from __future__ import annotations

import re

from archspec.diagnostics import Report
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


_DECLARED = re.compile(
    r"(?P<label>(?<!\w)\w++)\s*+:|(?<!\w)(?:block|network|let|layer|input)\s++(?P<defined>\w++)"
    r"|(?P<word>(?<!\w)\w++)|(?P<brace>\{)"
)


def check_names_recovered(program: Program, report: Report) -> None:
    """Report what is wrong with what is left; what the lost parts may explain stays silent."""
    found = Report()
    check_names(program, found)
    declared: dict[int, set[str]] = {}
    for one in found.diagnostics:
        source = one.span.source
        if one.code in ("unknown-layer", "unknown-name"):
            if id(source) not in declared:
                declared[id(source)] = _declared(source)
            if one.span.text in declared[id(source)]:
                continue
        if one.code in CERTAIN:
            report.take(one)


def _declared(source: SourceText) -> set[str]:
    """The names that the text seems to declare, perhaps in a part that was lost."""
    names: set[str] = set()
    loop = False
    for found in _DECLARED.finditer(source.text):
        word = found["word"]
        if word == "for":
            loop = True
        elif found["brace"]:
            loop = False
        elif word is None or loop:
            names.add(found["label"] or found["defined"] or word)
    return names
