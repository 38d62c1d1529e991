"""What the builders of nodes share while one file is read."""

from __future__ import annotations

from typing import Any

from archspec.diagnostics import Report
from archspec.frontends.dsl.tokens import Tokens
from archspec.source import Span, limits
from archspec.syntax import Binary, Body, Branch, Chain, Node

_FLAT = (Body, Branch, Chain)


class Context:
    """The tokens, the report, the documentation comments, and how deep the tree has become."""

    __slots__ = ("_depths", "docs", "refused", "report", "source", "tokens")

    def __init__(self, tokens: Tokens, docs: dict[int, str], report: Report) -> None:
        self.tokens = tokens
        self.source = tokens.source
        self.docs = docs
        self.report = report
        self.refused = False
        self._depths: dict[int, int] = {}

    def measure(self, node: Node, span: Span) -> None:
        """Keep count of the depth of a long node and refuse what is nested too deep.

        A short node cannot be deep, since every level takes a character: callers leave those out.
        """
        if self.refused:
            return
        depth = self._depths[id(node)] = self._depth(node)
        if depth > limits.NESTING:
            self.refused = True
            if _operators(node) > limits.NESTING // 2:
                _too_long(span, self.report)
            else:
                too_deep(span, self.report)

    def too_many_parts(self, token: int) -> None:
        """Refuse a text of which too large a tree would come."""
        message = f"the text has more than {limits.PARTS_OF_TREE:_} parts"
        self.refuse(self.tokens.span(token), message, "use blocks and loops")

    def few(self, parts: tuple[Any, ...], begin: int) -> tuple[Any, ...]:
        """The parts of one construct, refused where they are too many."""
        if len(parts) > limits.PARTS:
            message = f"{len(parts):_} parts stand in one place, more than {limits.PARTS}"
            help = "use loops and lists, or put some of them into a block"
            self.refuse(Span(self.source, begin, begin + 1), message, help)
        return parts

    def stop(self, token: int) -> None:
        """Refuse what is nested too deep at a token, before a tree has come of it."""
        self.refused = True
        too_deep(self.tokens.span(token), self.report)

    def refuse(self, span: Span, message: str, help: str = "") -> None:
        """Refuse the text for what is too long in it, once, and parse no further."""
        if not self.refused:
            self.refused = True
            self.report.add("limit-exceeded", span, message, help=help)

    def _depth(self, node: Node) -> int:
        known = self._depths.get(id(node))
        if known is not None:
            return known
        below = max(map(self._depth, node.children()), default=0)
        return below if isinstance(node, _FLAT) else below + 1


def _operators(node: Node) -> int:
    """How many operators stand in a row, each applied to all before it."""
    count = 0
    while isinstance(node, Binary):
        node = node.left
        count += 1
    return count


def _too_long(span: Span, report: Report) -> None:
    report.add(
        "limit-exceeded",
        span,
        f"this chains operators more than {limits.NESTING} levels deep",
        label="too long",
        help="write a long sum as `sum([a, b, …])`, or give parts of it names with `let`",
    )


def too_deep(span: Span, report: Report) -> None:
    """Say that something is nested deeper than any spec needs."""
    report.add(
        "limit-exceeded",
        span,
        f"this is nested more than {limits.NESTING} levels deep",
        help="give the inner parts names: a `block`, or a `let`",
    )
