"""Collects the diagnostics of one run; every phase reports here instead of raising."""

from __future__ import annotations

from collections.abc import Iterable

from archspec.diagnostics.diagnostic import Diagnostic, Label, Severity
from archspec.source import Span, limits


class Report:
    """The findings so far, without repetitions: one code at one place is told once."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.truncated = False
        self._seen: set[tuple[str, Span]] = set()

    @property
    def failed(self) -> bool:
        """Whether anything so far is an error."""
        return any(found.severity == "error" for found in self.diagnostics)

    def extend(self, other: Report) -> None:
        """Take over what another report found, without repetitions."""
        for found in other.diagnostics:
            key = (found.code, found.span)
            if key not in self._seen:
                self._seen.add(key)
                self._append(found)
        self.truncated |= other.truncated

    def _append(self, found: Diagnostic) -> None:
        if len(self.diagnostics) < limits.DIAGNOSTICS:
            self.diagnostics.append(found)
        else:
            self.truncated = True

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
        key = (code, span)
        if key in self._seen:
            return
        self._seen.add(key)
        self._append(Diagnostic(code, message, span, label, tuple(labels), trace, help, severity))
