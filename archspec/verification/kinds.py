"""Compares all tensors of one kind of two sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archspec.verification import limits
from archspec.verification.compare import INFINITE, Difference, difference, largest
from archspec.verification.inside import UNKNOWN, Inside
from archspec.verification.narrow import Narrow
from archspec.verification.side import Results
from archspec.verification.silent import is_silent, vain_of


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
    kind: str, expected: Iterable[str], left: Results, right: Results, inside: Inside = UNKNOWN
) -> Compared:
    """Both sides in float64.

    What is next to nothing is compared relative to what rounding makes of values as large as
    those `inside` the network. Where more differs, the reference is asked what becomes of rounding.
    """
    names = _all(kind, expected, left, right)
    gradients = "gradients" in kind
    most = _largest(kind, names, left, right) if gradients else 0.0
    vain = vain_of(kind, inside.size)
    floor = max(limits.SILENT * most, vain)
    compared = Compared(silent=gradients and most < vain and bool(names))
    for name in names:
        pair, limit = (left.get(kind, name), right.get(kind, name)), limits.FLOAT64
        found = difference(*pair, floor)
        if limit < found.relative < INFINITE and gradients:
            grown = limits.ROUNDING * vain * inside.terms**0.5 * inside.growth()
            if all(is_silent(one, limit * grown) for one in pair):
                found = difference(*pair, max(floor, grown))
        elif limit < found.relative < INFINITE:
            moved = inside.moved(kind, name, limits.INSIDE64, floor)
            limit = max(limit, limits.ROUNDING * moved)
        compared.add(name, found, limit)
    return compared


def compare32(
    kind: str,
    expected: Iterable[str],
    left: tuple[Results, Results],
    right: tuple[Results, Results],
    shaken: Callable[[], Iterable[tuple[Results, Results]]],
    inside: Inside = UNKNOWN,
) -> Compared:
    """Both sides in float32; each comes with its own result in float64.

    What is next to nothing in float64 is compared relative to what float32 makes by rounding of
    values as large as those `inside` the network. A gradient sums up to `terms` of them; their
    rounding is of both signs, so it grows with the root.

    Some networks answer rounding with jumps, or make much of it. So where a difference is larger
    than the sides' own rounding explains, the reference is asked what becomes of rounding inside,
    and then `shaken`: what both make in float64 of numbers that are moved a little, further each
    time.
    """
    names = _all(kind, expected, left[0], right[0])
    narrow = Narrow(kind, left, right, shaken, inside, _largest(kind, names, left[1], right[1]))
    compared = Compared()
    for name in names:
        compared.add(name, *narrow.judged(name))
    return compared


def _all(kind: str, expected: Iterable[str], left: Results, right: Results) -> list[str]:
    """What should be there, in order, and then outputs that should not."""
    wanted = list(expected)
    more = {*left.names(kind), *right.names(kind)}.difference(wanted)
    return [*wanted, *sorted(more)] if kind == "outputs" else wanted


def _largest(kind: str, names: list[str], *sides: Results) -> float:
    # One at a time: all together may not fit.
    found = (side.get(kind, name) for side in sides for name in names)
    sizes = [largest(one) for one in found if one is not None]
    return max((one for one in sizes if one < INFINITE), default=0.0)
