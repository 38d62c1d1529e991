"""What is compared: the results of one framework, or of the NumPy reference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from archspec.ir import Graph
from archspec.verification.reference import evaluate
from archspec.verification.trial import Arrays, Trial
from archspec.weights.draw import generator

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

REFERENCE = "reference"


class Results(Protocol):
    """The tensors of one run by kind and name."""

    def names(self, kind: str) -> Iterable[str]:
        """The names of all tensors of that kind."""
        ...

    def get(self, kind: str, name: str) -> Array | None:
        """One tensor, or None where the run made none."""
        ...

    def all(self, kind: str) -> Arrays:
        """All tensors of that kind by name."""
        ...


class ReferenceResults:
    """What the NumPy reference computes; it has no gradients.

    With a `distance` each value inside is moved by up to that part of itself, as rounding does.
    """

    def __init__(self, graph: Graph, trial: Trial, training: bool, distance: float = 0.0) -> None:
        import numpy as np

        def moved(name: str, one: Array) -> Array:
            if not distance:
                return one
            random = generator(0, f"inside {name}")
            made: Array = one * (1 + distance * random.uniform(-1, 1, one.shape))
            return made

        # Numbers that are not finite are found by comparing.
        with np.errstate(all="ignore"):
            given = trial.weights, trial.inputs, training
            self.values, statistics = evaluate(graph, *given, moved)
        outputs = list(zip(graph.output_names, graph.outputs, strict=True))
        if training:
            more = zip(graph.training_output_names, graph.training_outputs, strict=True)
            outputs += more
        self._parts: dict[str, Arrays] = {
            "outputs": {name: self.values[value.name] for name, value in outputs},
            "statistics": statistics,
        }

    @property
    def size(self) -> float:
        """The largest finite number of all values."""
        import numpy as np

        found = 0.0
        for one in self.values.values():
            finite = np.abs(one[np.isfinite(one)])
            found = max(found, float(finite.max(initial=0)))
        return found

    def names(self, kind: str) -> Iterable[str]:
        """The names of all tensors of that kind."""
        return self._parts.get(kind, {})

    def all(self, kind: str) -> Arrays:
        """All tensors of one kind by name."""
        return self._parts.get(kind, {})

    def get(self, kind: str, name: str) -> Array | None:
        """One tensor, or None where the reference makes none."""
        return self._parts.get(kind, {}).get(name)
