"""excerpt: the source lines of a diagnostic with marks under what its labels speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archspec.diagnostics.printable import columns, printable
from archspec.source import SourceText, Span

LINE_COLUMNS = 110
"""Wider lines are cut to the part around their marks."""

LONGEST = 800
"""Of longer lines only so many characters, from a little before the first mark, are looked at."""

CONTEXT = 24
"""Columns kept before the first mark of a line that is cut."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled place; the `primary` one is drawn with carets, others with dashes."""

    span: Span
    text: str
    primary: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of output: a number for a source line, and its text; `mark` for what is drawn.

    Rows that stand for left-out lines have neither.
    """

    number: int | None
    text: str
    mark: Mark | None = None


def excerpts(marks: Sequence[Mark]) -> list[tuple[Span, list[Row]]]:
    """For each file, in the order of the marks, its first mark's place and the rows to show."""
    sources: dict[int, tuple[SourceText, list[Mark]]] = {}
    for mark in marks:
        source = mark.span.source
        sources.setdefault(id(source), (source, []))[1].append(mark)
    return [(found[0].span, list(_rows(source, found))) for source, found in sources.values()]


def _rows(source: SourceText, marks: list[Mark]) -> Iterator[Row]:
    by_line: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.span.start, not mark.primary)):
        by_line.setdefault(mark.span.line, []).append(mark)
    previous = None
    for number, found in by_line.items():
        if previous is not None and number == previous + 2:
            shown, _ = columns(source.line(number - 1))
            text = "".join(shown)
            yield Row(number - 1, text if len(text) <= LINE_COLUMNS else text[:LINE_COLUMNS] + "…")
        elif previous is not None and number > previous + 2:
            yield Row(None, "…")
        yield from _marked(source, number, found)
        previous = number


def _marked(source: SourceText, number: int, marks: list[Mark]) -> Iterator[Row]:
    """One source line and a row for each of its marks."""
    begin = source.line_starts[number - 1]
    line = source.line(number)
    base = 0
    if len(line) > LONGEST:
        base = max(marks[0].span.start - begin - CONTEXT, 0)
        line = line[base : base + LONGEST]
    shown, starts = columns(line)
    reach = [_reach(line, mark.span, begin + base, starts) for mark in marks]
    low, high = _window(starts, reach)
    right = starts[high]
    cut = low > 0 or base > 0
    offset = starts[low] - (1 if cut else 0)
    more = high < len(shown) or len(line) == LONGEST
    yield Row(number, f"{'…' if cut else ''}{''.join(shown[low:high])}{'…' if more else ''}")
    for mark, (start, end) in zip(marks, reach, strict=True):
        drawn = ("^" if mark.primary else "-") * max(min(end, right) - start, 1)
        label = f" {printable(mark.text)}" if mark.text else ""
        yield Row(None, " " * (min(start, right) - offset) + drawn + label, mark)


def _reach(line: str, span: Span, begin: int, starts: list[int]) -> tuple[int, int]:
    """Columns from and to which a span reaches on its first line; trailing space is left out.

    `begin` is the offset at which the line, or what is kept of it, begins in its source.
    """
    first = min(max(span.start - begin, 0), len(line))
    last = min(max(span.end - begin, first), len(line))
    last = first + len(line[first:last].rstrip())
    return starts[first], starts[last]


def _window(starts: list[int], reach: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The characters to show of a line: all, or those around the marks where it is too wide."""
    count = len(starts) - 1
    if starts[-1] <= LINE_COLUMNS:
        return 0, count
    places = list(reach)
    first = min(start for start, _ in places)
    last = max(end for _, end in places)
    left = 0 if last <= LINE_COLUMNS else max(first - CONTEXT, 0)
    right = max(left + LINE_COLUMNS, min(last, left + 2 * LINE_COLUMNS))
    low = next((i for i in range(count) if starts[i] >= left), count)
    high = next((i for i in range(low, count) if starts[i + 1] > right), count)
    return low, high
