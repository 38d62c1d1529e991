"""What a verification found, as text for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from archspec.diagnostics import Diagnostic
from archspec.diagnostics.render_json import to_json
from archspec.ir import Graph

WORDS = {
    "outputs": "outputs",
    "input_gradients": "gradients of inputs",
    "weight_gradients": "gradients of weights",
    "statistics": "running statistics",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row: all tensors of one kind, of two sides. `worst` is the tensor furthest apart.

    `difference` is that of `worst`, relative to its largest value, and `limit` what it may be.
    `rounding` (float32 only) is how far each side is from its own float64 result there.
    """

    seed: int
    dtype: str
    mode: str
    kind: str
    left: str
    right: str
    tensors: int
    worst: str
    difference: float
    limit: float
    rounding: tuple[float, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the two sides compute the same."""
        return self.difference <= self.limit


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `value` is the first value (or the last weight whose gradient) that differs, in the order of
    the graph, with both numbers at `index`, its place in the spec and its block path;
    `verdict` says with which side the NumPy reference agrees. `command` reproduces it. `kind`
    is that of the tensors in which it was seen (`failure` where a side computed nothing), `op`
    the op that makes the value or has the weight.
    """

    message: str
    command: str
    value: str = ""
    index: tuple[int, ...] = ()
    numbers: dict[str, float] = field(default_factory=dict)
    place: str = ""
    trace: str = ""
    verdict: str = ""
    kind: str = "failure"
    dtype: str = ""
    mode: str = ""
    op: str = ""
    seed: int = 0


@dataclass(slots=True)
class VerifyReport:
    """The result of `verify`; `diagnostics` hold what kept it from running at all.

    `graph` is the network as it was verified, of the sizes that were chosen for it.
    """

    network: str
    backends: tuple[str, ...]
    seed: int
    trials: int
    diagnostics: list[Diagnostic] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    graph: Graph | None = field(default=None, repr=False)

    @property
    def passed(self) -> bool:
        """Whether something was compared and nothing differs."""
        return bool(self.comparisons) and not self.findings and not self.diagnostics

    def json(self) -> dict[str, Any]:
        """The documented, stable form."""
        return {
            "network": self.network,
            "backends": list(self.backends),
            "seed": self.seed,
            "trials": self.trials,
            "passed": self.passed,
            "comparisons": [
                {**_plain(asdict(one)), "passed": one.passed} for one in self.comparisons
            ],
            "findings": [_plain(asdict(one)) for one in self.findings],
            "notes": list(self.notes),
            "diagnostics": to_json(self.diagnostics)["diagnostics"],
        }

    def text(self) -> str:
        """A table of the comparisons, over all trials, and below it what is wrong."""
        lines = _table(self.comparisons) if self.comparisons else []
        for note in self.notes:
            lines += ["", f"note: {note}"]
        for finding in self.findings:
            lines += ["", *_paragraph(finding)]
        lines += ["", f"{self.network}: {self._summary()}"]
        return "\n".join(lines).lstrip("\n")

    def _summary(self) -> str:
        if self.passed:
            if len(self.backends) == 1:
                return f"{self.backends[0]} computes what the NumPy reference does"
            return f"{' and '.join(self.backends)} compute the same"
        if self.findings:
            return f"{len(self.findings)} finding{'s' if len(self.findings) > 1 else ''}"
        return "nothing was compared"


def _plain(made: dict[str, Any]) -> dict[str, Any]:
    """JSON has no infinity and no NaN; None stands for them, or a text among named numbers."""
    return {key: _number(value) for key, value in made.items()}


def _number(value: Any) -> Any:
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, dict):
        # Which of them it is says what went wrong.
        return {key: one if abs(one) < float("inf") else str(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_number(one) for one in value]
    return value


def _table(comparisons: list[Comparison]) -> list[str]:
    head = ("dtype", "mode", "compared", "sides", "tensors", "difference", "limit", "")
    rows = [head, *(_row(one) for one in _worst(comparisons))]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    right = (4, 5, 6)
    return [
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _worst(comparisons: list[Comparison]) -> list[Comparison]:
    """Of the trials that compare the same, the one that comes nearest to its limit."""
    found: dict[tuple[str, ...], Comparison] = {}
    for one in comparisons:
        key = one.dtype, one.mode, one.kind, one.left, one.right
        known = found.get(key)
        if known is None or one.difference / one.limit > known.difference / known.limit:
            found[key] = one
    return list(found.values())


def _row(one: Comparison) -> tuple[str, ...]:
    return (
        one.dtype,
        one.mode,
        WORDS[one.kind],
        f"{one.left}, {one.right}",
        str(one.tensors),
        f"{one.difference:.1e}",
        f"{one.limit:.1e}",
        "equal" if one.passed else f"DIFFERENT: {one.worst}",
    )


def _paragraph(finding: Finding) -> list[str]:
    lines = [f"error: {finding.message}"]
    if finding.place:
        lines.append(f"  at {finding.place}")
    if finding.trace:
        lines.append(f"  in {finding.trace}")
    if finding.numbers:
        sides = ", ".join(f"{name} {number!r}" for name, number in finding.numbers.items())
        index = ", ".join(map(str, finding.index))
        lines.append(f"  at [{index}]: {sides}")
    if finding.verdict:
        lines.append(f"  {finding.verdict}")
    lines.append(f"  to reproduce: {finding.command}")
    return lines
