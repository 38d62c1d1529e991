"""Statements with indentation, one logical line each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Lines:
    """A growing list of lines."""

    def __init__(self, depth: int = 0) -> None:
        self.found: list[str] = []
        self._depth = depth

    def add(self, line: str) -> None:
        """One statement at the indentation in force."""
        self.found.append("    " * self._depth + line if line else "")

    @contextmanager
    def indented(self, header: str) -> Iterator[None]:
        """A compound statement; what is added within stands in its body."""
        self.add(header)
        before = len(self.found)
        self._depth += 1
        yield
        if len(self.found) == before:
            self.add("pass")
        self._depth -= 1

    def extend(self, other: Lines) -> None:
        """The lines of another, further in by this one's indentation."""
        for line in other.found:
            self.add(line)
