"""Compares all tensors of one kind of two sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from archspec.verification import limits
from archspec.verification.compare import Difference, difference
from archspec.verification.side import Results


@dataclass(slots=True)
class Compared:
    """The tensor that is worst in relation to its limit, and all that are over their limits.

    `silent` says that all gradients are next to nothing, so that they were compared in vain.
    """

    tensors: int = 0
    worst: str = ""
    difference: float = 0.0
    limit: float = limits.FLOAT64
    rounding: tuple[float, ...] = ()
    over: dict[str, Difference] = field(default_factory=dict)
    silent: bool = False

    def add(
        self, name: str, found: Difference, limit: float, rounding: tuple[float, ...] = ()
    ) -> None:
        """Take one more tensor into account."""
        self.tensors += 1
        if found.relative > limit:
            self.over[name] = found
        if not self.worst or found.relative / limit > self.difference / self.limit:
            self.worst, self.difference, self.limit = name, found.relative, limit
            self.rounding = rounding


def compare64(kind: str, expected: Iterable[str], left: Results, right: Results) -> Compared:
    """Both sides in float64."""
    names = _all(kind, expected, left, right)
    largest = _largest(kind, names, left, right) if "gradients" in kind else 0.0
    floor = limits.SILENT * largest
    compared = Compared(silent="gradients" in kind and largest < limits.VAIN and bool(names))
    for name in names:
        found = difference(left.get(kind, name), right.get(kind, name), floor)
        compared.add(name, found, limits.FLOAT64)
    return compared


def compare32(
    kind: str,
    expected: Iterable[str],
    left: tuple[Results, Results],
    right: tuple[Results, Results],
) -> Compared:
    """Both sides in float32; each comes with its own result in float64."""
    names = _all(kind, expected, left[0], right[0])
    compared = Compared()
    for name in names:
        found = difference(left[0].get(kind, name), right[0].get(kind, name))
        rounding = tuple(
            difference(narrow.get(kind, name), wide.get(kind, name)).relative
            for narrow, wide in (left, right)
        )
        compared.add(name, found, _limit32(kind, rounding), rounding)
    return compared


def _limit32(kind: str, rounding: tuple[float, ...]) -> float:
    smaller, larger = sorted(rounding)
    if kind == "outputs":
        # Outputs move little when numbers move little, unlike gradients, which jump where a
        # maximum changes its place; so rounding that is very uneven is more than rounding.
        larger = min(larger, limits.FLOAT32_UNEVEN * max(smaller, limits.FLOAT32_SMALLEST))
    allowed = limits.FLOAT32_ROUNDING * larger
    return max(limits.FLOAT32_FLOOR, allowed) if allowed < float("inf") else limits.FLOAT32_FLOOR


def _all(kind: str, expected: Iterable[str], left: Results, right: Results) -> list[str]:
    """What should be there, in order, and then outputs that should not."""
    wanted = list(expected)
    more = {*left.names(kind), *right.names(kind)}.difference(wanted)
    return [*wanted, *sorted(more)] if kind == "outputs" else wanted


def _largest(kind: str, names: list[str], *sides: Results) -> float:
    import numpy as np

    largest = 0.0
    for side in sides:
        for name in names:
            found = side.get(kind, name)
            if found is not None and found.size:
                size = float(np.abs(found).max())
                largest = max(largest, size) if size < float("inf") else largest
    return largest
