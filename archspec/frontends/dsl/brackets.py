"""Which brackets are open at a token."""

from __future__ import annotations

from archspec.frontends.dsl.tables import KINDS
from archspec.frontends.dsl.tokens import Tokens

OPENING = {KINDS["("]: KINDS[")"], KINDS["["]: KINDS["]"], KINDS["{"]: KINDS["}"]}
CLOSING = {closing: opening for opening, closing in OPENING.items()}
_BRACE = KINDS["{"]


def open_brackets(tokens: Tokens, end: int) -> list[int]:
    """The tokens before `end` that open a bracket which is not closed before `end`."""
    stack: list[int] = []
    for index in range(end):
        kind = tokens.kinds[index]
        if kind in OPENING:
            stack.append(index)
        elif kind in CLOSING and stack and tokens.kinds[stack[-1]] == CLOSING[kind]:
            stack.pop()
    return stack


def unclosed(tokens: Tokens, end: int) -> int | None:
    """The bracket that most likely lacks its end, judged by the indentation of the ends.

    A `}` that begins a line further left than the line of the `{` it closes was meant for
    another one, so that `{` is the one which was forgotten.
    """
    stack: list[int] = []
    suspect: int | None = None
    for index in range(end):
        kind = tokens.kinds[index]
        if kind in OPENING:
            stack.append(index)
        elif kind in CLOSING and stack and tokens.kinds[stack[-1]] == CLOSING[kind]:
            opening = stack.pop()
            if (
                suspect is None
                and tokens.kinds[opening] == _BRACE
                and begins_line(tokens, index)
                and _indentation(tokens, index) < _indentation(tokens, opening)
            ):
                suspect = opening
    if suspect is not None and stack and tokens.kinds[stack[-1]] == _BRACE:
        return suspect
    return stack[-1] if stack else None


def begins_line(tokens: Tokens, index: int) -> bool:
    """Whether a token is the first on its line."""
    end = tokens.ends[index - 1] if index else 0
    return index == 0 or "\n" in tokens.source.text[end : tokens.starts[index]]


def _indentation(tokens: Tokens, index: int) -> int:
    """The width of the white space before the line of a token."""
    text, start = tokens.source.text, tokens.starts[index]
    begin = text.rfind("\n", 0, start) + 1
    line = text[begin : start + 1]
    return len(line) - len(line.lstrip())
