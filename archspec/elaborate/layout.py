"""check_body_layout: a forgotten `->` must not silently begin a new statement.

White space carries no meaning to the grammar, and `a b` is two statements of which the second
continues from the first, just as `a -> b`. Where a statement looks like a continuation, on the
line of the one before or indented below it, its author most likely lost an arrow.
"""

from __future__ import annotations

from archspec import syntax
from archspec.diagnostics import Label, Report
from archspec.ops import registry
from archspec.source import NOWHERE, Span


def check_body_layout(body: syntax.Body, report: Report) -> None:
    """Report `missing-arrow` for every statement that looks like a part of the one before it."""
    before: syntax.Statement | None = None
    for after in body.statements:
        if report.full:
            return
        if (
            isinstance(before, syntax.Chain)
            and isinstance(after, syntax.Chain)
            and not after.origins
            and _continues(before.span, after.span)
            and not _source(after)
        ):
            _report(before, after, report)
        before = after


def _continues(before: Span, after: Span) -> bool:
    """Whether a statement stands on the last line of another, or deeper on a later line."""
    if NOWHERE.source in (before.source, after.source):
        return False
    source = after.source
    line, column = source.position(after.start)
    return line == source.position(before.end)[0] or column > before.column


def _source(chain: syntax.Chain) -> bool:
    """Whether the chain begins with an op that takes no input."""
    first = chain.steps[0] if chain.steps else None
    if not isinstance(first, syntax.LayerCall) or not registry.builtin(first.name):
        return False
    op = registry.find(first.name)
    return op is not None and op.inputs[1] == 0


def _report(before: syntax.Chain, after: syntax.Chain, report: Report) -> None:
    start = Span(after.span.source, after.span.start, after.span.start + 1)
    first = after.labels[0] if after.labels else after.steps[0] if after.steps else after
    span = vars(first).get("name_span", first.span)
    last = before.steps[-1] if before.steps else before
    same = before.span.source.position(before.span.end)[0] == after.span.line
    report.add(
        "missing-arrow",
        span if isinstance(span, Span) and span is not NOWHERE else start,
        "a statement begins here that looks like a part of the one before it",
        label="no `->` before this",
        labels=[Label(_tail(last), "the statement before ends here")],
        help="write `->` between the two"
        + (", or begin a new line" if same else ", or indent both alike"),
    )


def _tail(step: syntax.Node) -> Span:
    """The last line of a step."""
    span = vars(step)["span"]
    assert isinstance(span, Span)
    begin = span.source.line_starts[span.source.position(span.end)[0] - 1]
    return Span(span.source, max(span.start, begin), span.end)
