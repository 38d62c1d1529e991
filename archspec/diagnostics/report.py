"""Collects the diagnostics of one run; every phase reports here instead of raising."""

from __future__ import annotations

from collections.abc import Iterable

from archspec.diagnostics.diagnostic import Diagnostic, Label, Severity
from archspec.source import Span, limits

_LONGEST = 1_000
"""Characters of a message: names in it come from a stranger."""


class Report:
    """The findings so far, without repetitions: one code at one place is told once.

    `truncated` says that some were left out, `full` that no further error can be told: whoever
    looks for more may stop.
    """

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.truncated = False
        self.full = False
        self._counts = {"error": 0, "warning": 0}
        self._seen: set[tuple[str, Span]] = set()

    @property
    def failed(self) -> bool:
        """Whether anything so far is an error."""
        return self._counts["error"] > 0

    def extend(self, other: Report) -> None:
        """Take over what another report found, without repetitions."""
        for found in other.diagnostics:
            self.take(found)
        self.truncated |= other.truncated
        self.full |= other.full

    def told(self, code: str, span: Span) -> bool:
        """Whether a finding of that code at that place is known."""
        return (code, span) in self._seen

    def take(self, found: Diagnostic) -> None:
        """Take over one finding, unless it was told."""
        key = (found.code, found.span)
        if key not in self._seen:
            self._seen.add(key)
            self._append(found)

    def _append(self, found: Diagnostic) -> None:
        # Counted apart, so that no number of warnings hides an error.
        self._counts[found.severity] = count = self._counts.get(found.severity, 0) + 1
        if count <= limits.DIAGNOSTICS:
            self.diagnostics.append(found)
        else:
            self.truncated = True
            self.full |= found.severity == "error"

    def add(
        self,
        code: str,
        span: Span,
        message: str,
        *,
        label: str = "",
        labels: Iterable[Label] = (),
        trace: str = "",
        help: str = "",
        severity: Severity = "error",
    ) -> None:
        """Record one finding; past `limits.DIAGNOSTICS` only the fact that there are more."""
        if not self.told(code, span):
            words = (_cut(message), span, label, tuple(labels), trace, _cut(help), severity)
            self.take(Diagnostic(code, *words))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
