"""Whether the frameworks agree that a network makes no sense."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.testing.mistakes.planted import Mistake
from archspec.testing.parts import Parts
from archspec.testing.process import Request, SideProcess
from archspec.testing.side import Side
from archspec.verification.kinds import compare64
from archspec.verification.tensors import KINDS

NUMBERS = frozenset(
    (
        "conflicting-arguments",
        "not-divisible",
        "out-of-range",
        "shape-mismatch",
        "size-not-positive",
        "wrong-rank",
    )
)
"""Codes of mistakes that a framework can be asked about: its layers take such numbers as well."""


class Frameworks:
    """A process for each back end in which nothing is checked."""

    def __init__(self, names: Sequence[str]) -> None:
        self.processes = [SideProcess(name) for name in names]

    def ask(self, mistake: Mistake) -> str:
        """`refused`, `computed` where all make the same of it, or nothing: it cannot be asked.

        Where one framework refuses and another computes, or where they make different things of
        it, the network means nothing that both could do.
        """
        if not NUMBERS & {*mistake.codes}:
            return ""
        for one in self.processes:
            one.ask(Request(mistake.text, unchecked=True))
        sides = [one.answer() for one in self.processes]
        if any(one.refused or one.crashed for one in sides):
            return "refused"
        if not sides or any(one.failed for one in sides):
            return ""
        return "computed" if _agree(sides) else "refused"

    def close(self) -> None:
        """End the processes."""
        for one in self.processes:
            one.close()


def _agree(sides: Sequence[Side]) -> bool:
    first, *others = sides
    for run, outcome in first.outcomes.items():
        for other in others:
            left, right = Parts(outcome), Parts(other.outcomes[run])
            for kind in KINDS:
                if compare64(kind, sorted(left.names(kind)), left, right).over:
                    return False
    return True
