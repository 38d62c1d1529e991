"""What comparing training found, as text for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from archspec.diagnostics import Diagnostic
from archspec.diagnostics.render_json import to_json

INFINITE = float("inf")


@dataclass(slots=True)
class Row:
    """One thing that was compared over all steps; `difference` is the largest, relative.

    `worst` is the tensor furthest apart, `step` the step after which it was, counted from 0.
    """

    compared: str
    left: str
    right: str
    limit: float
    difference: float = 0.0
    worst: str = ""
    step: int = 0

    def add(self, step: int, name: str, difference: float) -> bool:
        """Take one more difference into account; whether it is within the limit."""
        # NaN is larger than anything.
        if not difference <= self.difference:
            self.difference, self.worst, self.step = difference, name, step
        return difference <= self.limit

    @property
    def passed(self) -> bool:
        """Whether both sides were the same in all steps."""
        return self.difference <= self.limit


@dataclass(frozen=True, slots=True)
class Parted:
    """Where two sides part: the first step, what differs, both numbers, and who is right."""

    message: str
    command: str
    step: int = 0
    name: str = ""
    numbers: dict[str, float] = field(default_factory=dict)
    verdict: str = ""


@dataclass(slots=True)
class TrajectoryReport:
    """The result of training alike; `diagnostics` hold what kept it from running at all."""

    network: str
    backends: tuple[str, ...]
    seed: int
    steps: int
    steps_per_epoch: int
    diagnostics: list[Diagnostic] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    findings: list[Parted] = field(default_factory=list)
    losses: dict[str, list[float]] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether something was compared and nothing differs."""
        return bool(self.rows) and not self.findings and not self.diagnostics

    def json(self) -> dict[str, Any]:
        """The documented, stable form; numbers that are not finite become null."""
        return {
            "network": self.network,
            "backends": list(self.backends),
            "seed": self.seed,
            "steps": self.steps,
            "steps_per_epoch": self.steps_per_epoch,
            "passed": self.passed,
            "compared": [{**_finite(asdict(one)), "passed": one.passed} for one in self.rows],
            "losses": {name: _finite(list(of)) for name, of in self.losses.items()},
            "rates": self.rates,
            "findings": [_finite(asdict(one)) for one in self.findings],
            "notes": list(self.notes),
            "diagnostics": to_json(self.diagnostics)["diagnostics"],
        }

    def text(self) -> str:
        """A table of what was compared, and below it what is wrong."""
        lines = _table(self.rows) if self.rows else []
        if self.rates:
            shown = f"{self.rates[0]:g} to {self.rates[-1]:g}"
            lines += ["", f"{self.steps} steps in float64, {self.steps_per_epoch} an epoch,"]
            lines[-1] += f" learning rate {shown}"
        for note in self.notes:
            lines += ["", f"note: {note}"]
        for finding in self.findings:
            lines += ["", *_paragraph(finding)]
        lines += ["", f"{self.network}: {self._summary()}"]
        return "\n".join(lines).lstrip("\n")

    def _summary(self) -> str:
        if self.passed:
            return f"{' and '.join(self.backends)} train the same"
        if self.findings:
            return f"{len(self.findings)} finding{'s' if len(self.findings) > 1 else ''}"
        return "nothing was compared"


def _finite(found: Any) -> Any:
    if isinstance(found, float):
        return found if abs(found) < INFINITE else None
    if isinstance(found, dict):
        return {key: _finite(one) for key, one in found.items()}
    return [_finite(one) for one in found] if isinstance(found, list) else found


def _table(rows: list[Row]) -> list[str]:
    cells = [("compared", "sides", "difference", "limit", "")]
    for one in rows:
        verdict = "equal" if one.passed else f"DIFFERENT: {one.worst} after step {one.step}"
        numbers = f"{one.difference:.1e}", f"{one.limit:.1e}"
        cells.append((one.compared, f"{one.left}, {one.right}", *numbers, verdict))
    widths = [max(len(row[i]) for row in cells) for i in range(5)]
    return [
        "  ".join(
            cell.rjust(width) if i in (2, 3) else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def _paragraph(finding: Parted) -> list[str]:
    lines = [f"error: {finding.message}"]
    if finding.numbers:
        lines.append("  " + ", ".join(f"{name} {one!r}" for name, one in finding.numbers.items()))
    if finding.verdict:
        lines.append(f"  {finding.verdict}")
    return [*lines, f"  to reproduce: {finding.command}"]
