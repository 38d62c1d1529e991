"""What one back end makes of a network, as plain arrays that travel between processes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.backend import Backend, Model, Outcome
from archspec.lowering.planner import NotLowerable
from archspec.verification.limits import SHAKES
from archspec.verification.trial import Trial, make, shaken

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

DTYPES = ("float64", "float32")
Run = tuple[str, bool]
"""A dtype, and whether it is training."""


@dataclass
class Side:
    """`refused` and `failed` say why there are no results; `counted` is (trainable, not)."""

    name: str
    refused: str = ""
    failed: str = ""
    outcomes: dict[Run, Outcome] = field(default_factory=dict)
    shaken: dict[bool, list[Outcome]] = field(default_factory=dict)
    traced: dict[str, Array] = field(default_factory=dict)
    counted: tuple[int, int] | None = None
    changed: list[str] = field(default_factory=list)


@dataclass
class Parts:
    """An outcome as comparisons read it."""

    outcome: Outcome

    def names(self, kind: str) -> Iterable[str]:
        """The names of all tensors of that kind."""
        return self.all(kind)

    def all(self, kind: str) -> dict[str, Array]:
        """All tensors of that kind by name."""
        found: dict[str, Array] = getattr(self.outcome, kind)
        return found

    def get(self, kind: str, name: str) -> Array | None:
        """One tensor, or None where the run made none."""
        return self.all(kind).get(name)


def run_side(
    name: str,
    backend: Backend,
    graph: Graph,
    seed: int = 0,
    dtypes: Iterable[str] = DTYPES,
    shakes: bool = False,
) -> Side:
    """Build the network and run it on the numbers of that seed; what goes wrong is told.

    With `shakes` it is run in float64 on numbers moved by the rounding of float32, too.
    """
    side = Side(name)
    report = Report()
    backend.refusals(graph, report)
    if report.failed:
        side.refused = report.diagnostics[0].message
        return side
    try:
        trial = make(graph, seed)
        for dtype in dtypes:
            model = backend.build(graph, dtype)
            _run(side, model, graph, trial, dtype)
            if shakes and dtype == "float64":
                _shake(side, model, graph, trial, seed)
    except NotLowerable as problem:
        side.refused = str(problem)
    except Exception as error:
        side.failed = f"{type(error).__name__}: {error}"
    return side


def _run(side: Side, model: Model, graph: Graph, trial: Trial, dtype: str) -> None:
    weights, inputs, cotangents = (
        {name: one.astype(dtype) for name, one in arrays.items()}
        for arrays in (trial.weights, trial.inputs, trial.cotangents)
    )
    model.load(weights)
    saved = model.save()
    side.changed += sorted(
        name
        for name in {*weights, *saved}
        if name not in saved or name not in weights or not _same(saved[name], weights[name])
    )
    for training in (False, True):
        model.load(weights)
        side.outcomes[dtype, training] = model.run(
            inputs, _wanted(graph, cotangents, training), training
        )
    if dtype == "float64":
        model.load(weights)
        side.traced = model.trace(inputs)
        side.counted = counted(model.native)


def _shake(side: Side, model: Model, graph: Graph, trial: Trial, seed: int) -> None:
    for number in range(SHAKES):
        moved = shaken(trial, seed, number)
        model.load(moved.weights)
        for training in (False, True):
            wanted = _wanted(graph, moved.cotangents, training)
            model.load(moved.weights)
            side.shaken.setdefault(training, []).append(model.run(moved.inputs, wanted, training))


def _wanted(graph: Graph, cotangents: dict[str, Array], training: bool) -> dict[str, Array]:
    hidden = () if training else graph.training_output_names
    return {name: one for name, one in cotangents.items() if name not in hidden}


def _same(left: Array, right: Array) -> bool:
    """Bit for bit, so that -0.0 is not 0.0."""
    return (
        left.shape == right.shape
        and left.dtype == right.dtype
        and left.tobytes() == right.tobytes()
    )


def counted(native: Any) -> tuple[int, int] | None:
    """Numbers that a framework's model holds: (trainable, not), as the framework counts them."""
    if hasattr(native, "trainable_weights"):
        return _elements(native.trainable_weights), _elements(native.non_trainable_weights)
    if hasattr(native, "parameters") and hasattr(native, "buffers"):
        numbers = [one for one in native.buffers() if one.is_floating_point()]
        return _elements(native.parameters()), _elements(numbers)
    return None


def _elements(tensors: Iterable[Any]) -> int:
    found = 0
    for one in tensors:
        count = 1
        for size in one.shape:
            count *= int(size)
        found += count
    return found
