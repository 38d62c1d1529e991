"""Finds the `##` comments that document what follows."""

from __future__ import annotations

from bisect import bisect_left

from archspec.frontends.dsl.tables import KINDS
from archspec.frontends.dsl.tokens import Tokens
from archspec.source import Span

_BAR = KINDS["|"]


def find_docs(tokens: Tokens) -> dict[int, str]:
    """The documentation of what begins at an offset.

    `##` comments, each alone on its line, directly above: an empty line or a plain comment
    between parts them. Before `| branch` the comment is the branch's.
    """
    docs: dict[int, str] = {}
    lines: list[str] = []
    last = -1
    for comment in tokens.comments:
        text = comment.text
        if not text.startswith("##") or not _alone(comment):
            continue
        line = comment.line
        if line != last + 1:
            lines = []
        lines.append(text.lstrip("#").strip())
        last = line
        follower = bisect_left(tokens.starts, comment.end)
        start = tokens.starts[follower]
        if tokens.source.position(start)[0] != line + 1 or not tokens.kinds[follower]:
            continue
        doc = "\n".join(lines).strip()
        docs[start] = doc
        if tokens.kinds[follower] == _BAR:
            docs[tokens.starts[follower + 1]] = doc
    return docs


def _alone(comment: Span) -> bool:
    """Whether only white space stands before a comment on its line."""
    text = comment.source.text
    return not text[text.rfind("\n", 0, comment.start) + 1 : comment.start].strip()
