"""Wrong: one thing that is wrong with what back ends make of a network."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """`kind` is disagreement, shape, count, weights, detour, failure, text, order or code."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"
