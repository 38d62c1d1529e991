"""What one back end makes of a network, as plain arrays that travel between processes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.backend import Backend, Model, Outcome
from archspec.lowering.planner import NotLowerable
from archspec.testing.again import detours
from archspec.testing.counts import counted, multiply_adds
from archspec.testing.wrong import Wrong
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
    """`refused` and `failed` say why there are no results, `crashed` that the process is no more.

    `counted` is (trainable, not).
    `detours` is what compiling, or saving and loading, has changed.
    """

    name: str
    refused: str = ""
    failed: str = ""
    crashed: bool = False
    outcomes: dict[Run, Outcome] = field(default_factory=dict)
    shaken: dict[bool, list[Outcome]] = field(default_factory=dict)
    traced: dict[str, Array] = field(default_factory=dict)
    counted: tuple[int, int] | None = None
    multiply_adds: int | None = None
    detours: list[Wrong] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def run_side(
    name: str,
    backend: Backend,
    graph: Graph,
    seed: int = 0,
    dtypes: Iterable[str] = DTYPES,
    shakes: bool = False,
    compiler: str = "",
) -> Side:
    """Build the network and run it on the numbers of that seed; what goes wrong is told.

    With `shakes` it is run in float64 on numbers moved by the rounding of float32, too. With
    a `compiler` of torch.compile it also takes the detours that its framework has.
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
            run_model(side, model, graph, trial, dtype)
            if shakes and dtype == "float64":
                _shake(side, model, graph, trial, seed)
            if compiler:
                known = {mode: side.outcomes[dtype, mode] for mode in (False, True)}
                side.detours += detours(graph, model, trial, known, compiler)
    except NotLowerable as problem:
        side.refused = str(problem)
    except Exception as error:
        side.failed = f"{type(error).__name__}: {error}"
    return side


def run_model(side: Side, model: Model, graph: Graph, trial: Trial, dtype: str) -> None:
    """Run a model in inference and in training, and ask what it holds."""
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
    else:
        side.multiply_adds = multiply_adds(graph, model, inputs)


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
