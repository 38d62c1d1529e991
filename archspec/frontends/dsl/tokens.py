"""Cuts a text into tokens."""

from __future__ import annotations

import re

from archspec.diagnostics import Report
from archspec.frontends.dsl import characters
from archspec.frontends.dsl.tables import END_OF_FILE, LITERALS, NAME, NUMBER, PATTERNS, STRING
from archspec.source import SourceText, Span, limits

_SIGNS = sorted((re.escape(text) for text in LITERALS if not text[0].isalpha()), key=len)
_TOKEN = re.compile(
    # The groups are numbered by hand below. The last two always match, so that nothing is skipped.
    r"[ \t\r\n]*+(?:"
    + "|".join(
        f"({part.replace('(', '(?:')})"
        for part in (PATTERNS["NAME"], PATTERNS["NUMBER"], PATTERNS["STRING"], PATTERNS["COMMENT"])
    )
    + r"|(\.[0-9][0-9_]*)"
    + f"|({'|'.join(reversed(_SIGNS))})"
    + r"|\Z|([^\0]|\0))"
)
_NAME, _NUMBER, _STRING, _COMMENT, _POINT, _SIGN, _OTHER = range(1, 8)


class Tokens:
    """The tokens of a text: kind, first and last offset of each, ended by `END_OF_FILE`.

    `complete` is false for a text with too many tokens or too many mistakes to go on.
    """

    __slots__ = ("comments", "complete", "ends", "kinds", "source", "starts")

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.kinds: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.comments: list[Span] = []
        self.complete = False

    def text(self, index: int) -> str:
        """The characters of one token."""
        return self.source.text[self.starts[index] : self.ends[index]]

    def span(self, index: int) -> Span:
        """The place of one token."""
        return Span(self.source, self.starts[index], self.ends[index])

    def add(self, kind: int, start: int, end: int) -> None:
        """Append one token."""
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)


def tokenize(source: SourceText, report: Report) -> Tokens:
    """All tokens; characters that begin none are reported and left out or repaired."""
    text = source.text
    tokens = Tokens(source)
    kinds, starts, ends = tokens.kinds, tokens.starts, tokens.ends
    characters.check_invisible(source, report)
    position = len(text) if report.full else 0
    match, literal = _TOKEN.match, LITERALS.get
    for _ in range(limits.TOKENS):
        found = match(text, position)
        assert found is not None, "the pattern matches everything"
        group = found.lastindex
        if group is None:
            tokens.complete = not report.full
            break
        start, position = found.span(group)
        if group in (_NAME, _SIGN):
            kinds.append(literal(text[start:position], NAME))
        elif group == _COMMENT:
            tokens.comments.append(Span(source, start, position))
            continue
        elif group == _OTHER:
            position = characters.repair(tokens, start, report)
            if report.full:
                break
            continue
        else:
            kinds.append(STRING if group == _STRING else NUMBER)
            if group != _STRING:
                position = characters.end_of_number(source, start, position, report)
        starts.append(start)
        ends.append(position)
    tokens.add(END_OF_FILE, len(text), len(text))
    if not tokens.complete and not report.full:
        _too_many(Span(source, position - 1, position), report)
    return tokens


def _too_many(last: Span, report: Report) -> None:
    message = f"the text has more than {limits.TOKENS:_} words and signs"
    report.add("limit-exceeded", last, message, help="use blocks and loops")
