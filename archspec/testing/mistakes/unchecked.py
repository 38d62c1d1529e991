"""Runs what the checker refuses: what do the frameworks themselves make of it?"""

from __future__ import annotations

import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

from archspec.diagnostics import Report
from archspec.elaborate import op_facts
from archspec.lowering.backend import Backend, Outcome
from archspec.ops import registry
from archspec.ops.op import no_problems
from archspec.testing.compiled import graph_of
from archspec.testing.side import Side, run_model
from archspec.verification.trial import make

if TYPE_CHECKING:
    from archspec.ir import Graph

FRAMEWORKS = ("torch", "keras", "tensorflow", "optree")
GENERATED = ("<generated", "net.py")


def stop_checking() -> None:
    """Let this process compile numbers outside of ranges and sizes that do not fit, for good."""
    for name in registry.names():
        op = registry.find(name)
        assert op is not None
        free = [
            replace(one, minimum=None, maximum=None, exclusive_maximum=None)
            for one in op.attributes
        ]
        # The records are frozen, and this is what nothing else may do.
        for field, value in (("attributes", tuple(free)), ("check", no_problems), ("ranks", None)):
            object.__setattr__(op, field, value)
    op_facts._check_sizes = lambda *given: None


def run_unchecked(name: str, backend: Backend, text: str) -> Side:
    """What a framework makes of a refused network, in a process that has stopped checking.

    `refused` says that the framework raises, or makes nothing, another shape than the rule says,
    or what is not finite. `failed` says that our own code finds no words for the network, so that
    the framework could not be asked.
    """
    side = Side(name)
    try:
        graph = graph_of(text)
        report = Report()
        if graph is None:
            return Side(name, failed="the text is not accepted")
        backend.refusals(graph, report)
        if report.failed:
            return Side(name, failed=report.diagnostics[0].message)
        run_model(side, backend.build(graph, "float64"), graph, make(graph, 0), "float64")
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return Side(name, refused=what) if _of_framework(error) else Side(name, failed=what)
    why = next(filter(None, (_wrong(graph, *one) for one in side.outcomes.items())), "")
    return Side(name, refused=why) if why else side


def _of_framework(error: Exception) -> bool:
    """Whether it was raised in a framework, or by what it made of the generated code."""
    if isinstance(error, NameError):
        return False
    place = traceback.extract_tb(error.__traceback__)[-1].filename
    return place.startswith(GENERATED) or any(f"/{one}/" in place for one in FRAMEWORKS)


def _wrong(graph: Graph, run: tuple[str, bool], outcome: Outcome) -> str:
    import numpy as np

    for name, value in zip(graph.output_names, graph.outputs, strict=True):
        made = outcome.outputs[name]
        if not made.size or made.shape[1:] != tuple(value.shape):
            return f"makes {made.shape[1:]}, not {value.shape}"
    parts = outcome.outputs, outcome.input_gradients, outcome.weight_gradients, outcome.statistics
    finite = all(np.isfinite(one).all() for arrays in parts for one in arrays.values())
    return "" if finite else "makes what is not finite"
