"""render_text: diagnostics for people, with source lines and marks.

The layout, with carets under the place itself and dashes under further places::

    error[shape-mismatch]: add needs equal shapes
     ┌─ model.arch:3:3
    3│   add {
     │   ^^^ branches differ in channels
    4│     | main: conv(8, 1)
     │             ---------- main is [4, 4, 8]
     = in net ▸ stage[0]
     = help: let both branches have 8 channels
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archspec.diagnostics.diagnostic import Diagnostic, Severity
from archspec.diagnostics.excerpt import Mark, Row, excerpts
from archspec.diagnostics.printable import printable
from archspec.source import NOWHERE, Span

COLOURS: dict[Severity, str] = {"error": "1;31", "warning": "1;33", "note": "1;36"}
FRAME = "34"
SECOND = "36"


class _Paint:
    """Wraps text in escape sequences where colours were asked for."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and text else text


def render_text(
    diagnostics: Sequence[Diagnostic], *, colour: bool = False, truncated: bool = False
) -> str:
    """All diagnostics, a blank line between them, and a closing line that counts them.

    Empty when there is nothing to tell. `truncated` says that there are more than these.
    """
    if not diagnostics:
        return ""
    parts = [render_one(one, colour=colour) for one in diagnostics]
    return "\n\n".join((*parts, count(diagnostics, truncated)))


def count(diagnostics: Sequence[Diagnostic], truncated: bool = False) -> str:
    """`2 errors, 1 warning`."""
    parts = []
    for severity in COLOURS:
        number = sum(one.severity == severity for one in diagnostics)
        if number:
            parts.append(f"{number} {severity}{'s' if number > 1 else ''}")
    more = "; further findings are not shown" if truncated else ""
    return (", ".join(parts) or "no findings") + more


def render_one(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """One diagnostic, without a line end after it."""
    paint = _Paint(colour)
    marks = [Mark(diagnostic.span, diagnostic.label, primary=True)]
    marks += [Mark(label.span, label.text, primary=False) for label in diagnostic.labels]
    files = excerpts([mark for mark in marks if _shown(mark.span)])
    numbers = [row.number for _, rows in files for row in rows if row.number is not None]
    gutter = " " * len(str(max(numbers, default=0)))
    severity = diagnostic.severity
    head = paint(f"{severity}[{printable(diagnostic.code)}]", COLOURS[severity])
    lines = [f"{head}: {paint(printable(diagnostic.message), '1')}"]
    for span, rows in files:
        name = printable(span.source.name)
        place = f"{name}:{span.line}:{span.column}" if span.source.text else name
        lines.append(f"{gutter}{paint('┌─', FRAME)} {place}")
        if span.source.text:
            lines.extend(_lines(rows, gutter, COLOURS[severity], paint))
    lines.extend(f"{gutter}{paint('=', FRAME)} {note}" for note in _notes(diagnostic))
    return "\n".join(lines)


def _shown(span: Span) -> bool:
    return span.source is not NOWHERE.source


def _notes(diagnostic: Diagnostic) -> Iterator[str]:
    if diagnostic.trace:
        yield f"in {printable(diagnostic.trace)}"
    if diagnostic.help:
        yield f"help: {printable(diagnostic.help)}"


def _lines(rows: Sequence[Row], gutter: str, colour: str, paint: _Paint) -> Iterator[str]:
    for row in rows:
        if row.mark is not None:
            text = paint(row.text, colour if row.mark.primary else SECOND)
            yield f"{gutter}{paint('│', FRAME)} {text}".rstrip()
        elif row.number is None:
            yield f"{gutter[:-1]}{paint('…', FRAME)}"
        else:
            number = paint(f"{row.number:>{len(gutter)}}│", FRAME)
            yield f"{number} {row.text}".rstrip()
