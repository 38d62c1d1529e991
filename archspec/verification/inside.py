"""What the reference shows of the values inside a network, by which rounding is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from archspec.dimensions import elements
from archspec.ir import Graph
from archspec.verification.compare import INFINITE, difference
from archspec.verification.limits import GROWING, GROWN, SHAKE
from archspec.verification.side import Array, ReferenceResults
from archspec.verification.trial import Trial, samples, shaken

Again = Callable[[str, int], ReferenceResults]


@dataclass(frozen=True, slots=True)
class Inside:
    """`size` is the largest finite number of all values, `terms` the cells of the largest value.

    `again` evaluates the network with its weights and inputs moved (`given`), or with each value
    inside (`inside`), by up to `SHAKE * 2 ** number`, or as it is (`still`). Without it nothing is
    known of what rounding does.
    """

    size: float = 1.0
    terms: int = 1
    again: Again | None = None

    def moved(self, kind: str, name: str, number: int, floor: float = 0.0) -> float:
        """How far a tensor moves, relative to itself or to `floor`, when all values inside do.

        Gradients, which the reference has not, are taken to move as far as any value grows. Where
        rounding grows, what moves a tensor adds up over all `terms`, as equal numbers round alike.
        """
        if self.again is None:
            return 0.0
        growth = self.growth()
        summed = self.terms**0.5 if growth > 1 else 1.0
        if "gradients" in kind:
            return growth * summed * SHAKE * 2.0**number if growth > 1 else 0.0
        still, moved = self.again("still", 0), self.again("inside", number)
        return summed * _apart(still.get(kind, name), moved.get(kind, name), floor)

    def moved_value(self, name: str, number: int, floor: float = 0.0) -> float:
        """The same for a value inside."""
        if self.again is None:
            return 0.0
        still, moved = self.again("still", 0), self.again("inside", number)
        return _apart(still.values[name], moved.values[name], floor)

    def growth(self) -> float:
        """How many times more becomes of rounding inside than of that of weights and inputs.

        It is large where a network normalises what only rounding tells apart, since numbers that
        are given move such values alike; in all other networks it is 1.
        """
        found = self._carried("inside") / self._carried("given")
        return found if found > GROWN else 1.0

    def _carried(self, where: str) -> float:
        """What becomes of moving by 1 in the last place of the largest value, at least 1."""
        import numpy as np

        if self.again is None:
            return 1.0
        still, moved = self.again("still", 0).values, self.again(where, GROWING).values
        found = [np.abs(moved[name] - one).max(initial=0) for name, one in still.items()]
        largest = max((float(one) for one in found if np.isfinite(one)), default=0.0)
        return max(1.0, largest / (SHAKE * 2.0**GROWING * max(self.size, 1.0)))


UNKNOWN = Inside()


def inside(
    graph: Graph, trial: Trial, training: bool, reference: ReferenceResults | None
) -> Inside:
    """What is known with the results of the reference, if it takes part."""
    values = [*graph.inputs, *(value for node in graph.nodes for value in node.outputs)]
    terms = samples(graph) * max((elements(value.shape) for value in values), default=1)
    if reference is None:
        return Inside(terms=terms)

    @cache
    def again(where: str, number: int) -> ReferenceResults:
        if where == "still":
            return reference
        given = shaken(trial, 0, number) if where == "given" else trial
        distance = SHAKE * 2.0**number if where == "inside" else 0.0
        return ReferenceResults(graph, given, training, distance)

    return Inside(reference.size, terms, again)


def _apart(still: Array | None, moved: Array | None, floor: float) -> float:
    found = difference(still, moved, floor).relative
    return found if found < INFINITE else 0.0
