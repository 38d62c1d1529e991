"""From a text to its typed tree."""

from __future__ import annotations

from archspec.diagnostics import Report
from archspec.frontends.dsl.context import Context, too_deep
from archspec.frontends.dsl.docs import find_docs
from archspec.frontends.dsl.driver import Driver
from archspec.frontends.dsl.tables import KINDS
from archspec.frontends.dsl.tokens import Tokens, tokenize
from archspec.source import SourceText, Span, limits
from archspec.source.garbage import put_off
from archspec.syntax import Comment, File

_STEPS = {KINDS[c]: 1 for c in "([{"} | {KINDS[c]: -1 for c in ")]}"}


def parse(source: SourceText, report: Report) -> File:
    """The tree of a text, mended where something does not fit, which is reported.

    Never raises. A text that goes past a limit or cannot be mended gives an empty file.
    """
    with put_off():
        return _parse(source, report)


def _parse(source: SourceText, report: Report) -> File:
    tokens = tokenize(source, report)
    whole = Span(source, 0, len(source.text))
    comments = tuple(Comment(span.text, span) for span in tokens.comments)
    if not tokens.complete or not _nesting_allowed(tokens, report):
        return File((), comments, whole)
    context = Context(tokens, find_docs(tokens), report)
    driver = Driver(context)
    complete = driver.run()
    if not complete:
        from archspec.frontends.dsl.recovery import recover

        complete = recover(driver)
    definitions = driver.values[0].definitions if complete and not context.refused else ()
    return File(definitions, comments, whole)


def _nesting_allowed(tokens: Tokens, report: Report) -> bool:
    """Whether brackets are nested no deeper than is sensible; measured before any parsing."""
    depth = 0
    for index, kind in enumerate(tokens.kinds):
        if kind in _STEPS:
            depth += _STEPS[kind]
            if depth > limits.NESTING:
                too_deep(tokens.span(index), report)
                return False
    return True
