"""Compares all tensors of one kind of two sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archspec.verification import limits
from archspec.verification.compare import INFINITE, Difference, difference
from archspec.verification.side import Array, Results


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


def compare64(
    kind: str, expected: Iterable[str], left: Results, right: Results, size: float = 1.0
) -> Compared:
    """Both sides in float64; `size` is that of the largest value inside the network."""
    names = _all(kind, expected, left, right)
    largest = _largest(kind, names, left, right) if "gradients" in kind else 0.0
    vain = _vain(kind, size)
    floor = max(limits.SILENT * largest, vain)
    compared = Compared(silent="gradients" in kind and largest < vain and bool(names))
    for name in names:
        found = difference(left.get(kind, name), right.get(kind, name), floor)
        compared.add(name, found, limits.FLOAT64)
    return compared


def compare32(
    kind: str,
    expected: Iterable[str],
    left: tuple[Results, Results],
    right: tuple[Results, Results],
    shaken: Callable[[], Iterable[tuple[Results, Results]]],
    size: float | None = None,
    terms: int = 1,
) -> Compared:
    """Both sides in float32; each comes with its own result in float64.

    With the `size` of the largest value inside the network, what is next to nothing in float64 is
    compared relative to what float32 makes of such values by rounding alone. A gradient sums up to
    `terms` of them; their rounding is of both signs, so it grows with the root.

    `shaken` gives what both make in float64 of numbers that are moved a little, further each time.
    It is asked where a difference is larger than the sides' own rounding explains, since some
    networks answer rounding with jumps.
    """
    names = _all(kind, expected, left[0], right[0])
    largest = _largest(kind, names, left[1], right[1]) if "gradients" in kind else 0.0
    vain = 0.0 if size is None else _vain(kind, size)
    summed = terms**0.5 if "gradients" in kind else 1.0
    rounded = vain / limits.VAIN * limits.VAIN32 * summed
    compared = Compared()
    for name in names:
        silent = _is_silent(left[1].get(kind, name), max(limits.SILENT * largest, vain))
        floor = max(largest, rounded) if silent else 0.0
        found = difference(left[0].get(kind, name), right[0].get(kind, name), floor)
        rounding = tuple(
            difference(narrow.get(kind, name), wide.get(kind, name), floor).relative
            for narrow, wide in (left, right)
        )
        limit, moved = _limit32(rounding), 0.0
        for pair in shaken() if limit < found.relative < INFINITE else ():
            moved = max(moved, _moved(kind, name, (left[1], right[1]), pair))
            limit = _limit32(rounding, moved)
            if found.relative <= limit:
                break
        compared.add(name, found, limit, rounding)
    return compared


def _vain(kind: str, size: float) -> float:
    """What is rounding of what cancels among values of that size.

    A gradient sums over products of two values, so its rounding goes with the square.
    """
    return limits.VAIN * (max(size, 1.0) ** 2 if "gradients" in kind else size)


def _is_silent(found: Array | None, least: float) -> bool:
    """Whether a tensor is zero but for rounding; then it has no size of its own."""
    import numpy as np

    return found is not None and float(np.abs(found).max(initial=0)) < least


def _moved(
    kind: str, name: str, wide: tuple[Results, Results], shaken: tuple[Results, Results]
) -> float:
    """How far the tensor moves when the numbers move that it is made from."""
    found = [
        difference(moved.get(kind, name), still.get(kind, name)).relative
        for moved, still in zip(shaken, wide, strict=True)
    ]
    return max((one for one in found if one < INFINITE), default=0.0)


def _limit32(rounding: tuple[float, ...], moved: float = 0.0) -> float:
    smaller, larger = sorted(rounding)
    # A mistake in float32 alone is rounding too, of one side: it must not widen its own limit.
    likely = max(limits.FLOAT32_UNEVEN * max(smaller, limits.FLOAT32_SMALLEST), moved)
    allowed = limits.FLOAT32_ROUNDING * min(max(larger, moved), likely)
    return max(limits.FLOAT32_FLOOR, allowed) if allowed < INFINITE else limits.FLOAT32_FLOOR


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
