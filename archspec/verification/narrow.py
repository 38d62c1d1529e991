"""How far apart two sides may be in float32."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archspec.verification import limits
from archspec.verification.compare import INFINITE, Difference, difference, largest
from archspec.verification.inside import Inside
from archspec.verification.side import Results
from archspec.verification.silent import is_silent, vain_of


@dataclass(frozen=True, slots=True)
class Narrow:
    """Judges tensors of one kind in float32; `largest` is the largest number of them all."""

    kind: str
    left: tuple[Results, Results]
    right: tuple[Results, Results]
    shaken: Callable[[], Iterable[tuple[Results, Results]]]
    inside: Inside
    largest: float

    def judged(self, name: str) -> tuple[Difference, float, tuple[float, ...]]:
        """How far apart the sides are, how far they may be, and how far each one's rounding goes.

        All is relative to a floor where the tensor has no size of its own.
        """
        gradients = "gradients" in self.kind
        largest = self.largest if gradients else 0.0
        vain = vain_of(self.kind, self.inside.size)
        silent = is_silent(self.left[1].get(self.kind, name), max(limits.SILENT * largest, vain))
        rounded = vain / limits.VAIN * limits.VAIN32
        rounded *= self.inside.terms**0.5 if gradients else 1.0
        floor, moved = max(largest, rounded) if silent else 0.0, 0.0
        found, rounding = self._apart(name, floor)
        least = limits.FLOAT32_SMALLEST * (self._terms(name) if gradients else 1.0)
        limit = _limit32(rounding, least)
        if limit < found.relative < INFINITE:
            if silent and gradients:
                floor = max(largest, rounded * self.inside.growth())
                found, rounding = self._apart(name, floor)
            else:
                moved = self.inside.moved(self.kind, name, limits.INSIDE, floor)
            limit = _limit32(rounding, least, moved)
        for pair in self.shaken() if limit < found.relative < INFINITE else ():
            moved = max(moved, _moved(self.kind, name, (self.left[1], self.right[1]), pair))
            limit = _limit32(rounding, least, moved)
            if found.relative <= limit:
                break
        return found, limit, rounding

    def _terms(self, name: str) -> float:
        """How many times larger than a gradient what cancels in it may be."""
        found = self.left[1].get(self.kind, name)
        size = 0.0 if found is None else largest(found)
        terms = max(self.largest / size, 1.0) if 0 < size < INFINITE else 1.0
        return min(terms, limits.CANCELS)

    def _apart(self, name: str, floor: float) -> tuple[Difference, tuple[float, ...]]:
        kind = self.kind
        found = difference(self.left[0].get(kind, name), self.right[0].get(kind, name), floor)
        rounding = tuple(
            difference(narrow.get(kind, name), wide.get(kind, name), floor).relative
            for narrow, wide in (self.left, self.right)
        )
        return found, rounding


def _moved(
    kind: str, name: str, wide: tuple[Results, Results], shaken: tuple[Results, Results]
) -> float:
    """How far the tensor moves when the numbers move that it is made from."""
    found = [
        difference(moved.get(kind, name), still.get(kind, name)).relative
        for moved, still in zip(shaken, wide, strict=True)
    ]
    return max((one for one in found if one < INFINITE), default=0.0)


def _limit32(rounding: tuple[float, ...], least: float, moved: float = 0.0) -> float:
    smaller, larger = sorted(rounding)
    # A mistake in float32 alone is rounding too, of one side: it must not widen its own limit.
    likely = max(limits.FLOAT32_UNEVEN * max(smaller, least), moved)
    allowed = limits.ROUNDING * min(max(larger, moved), likely)
    return max(limits.FLOAT32_FLOOR, allowed) if allowed < INFINITE else limits.FLOAT32_FLOOR
