"""Builds one network in both frameworks and tells everything in which they differ."""

from __future__ import annotations

import os

# TensorFlow reads these when it is imported.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from archspec.compiler import load
from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.backend import Generated, Model
from archspec.lowering.discovery import backends
from archspec.verification.compare import difference
from archspec.verification.side import ReferenceResults
from archspec.verification.trial import BATCH, Trial, make
from archspec.weights import initial

NAMES = ("torch", "keras")
NEAR = 1e-6
# Gradients this much smaller than the largest of their kind are rounding of what cancels.
SILENT = 1e-7
# So is what is this much smaller than the largest value inside the network, or than its square
# for gradients, which sum over products of values.
VAIN = 1e-9
KINDS = ("outputs", "statistics", "weight_gradients", "input_gradients")

Arrays = Mapping[str, Any]

torch.set_num_threads(1)


def read(text: str, folder: Path) -> Graph:
    """The network called `net`, or else the last one of the text; `ValueError` on mistakes."""
    path = folder / "model.arch"
    path.write_text(text, encoding="utf-8")
    compilation = load(path)
    known = compilation.networks
    graph = compilation.graph("net" if "net" in known else known[-1]) if known else None
    found = [f"{one.code} {one.span.line} {one.message}" for one in compilation.diagnostics]
    if graph is None or compilation.failed:
        raise ValueError("; ".join(found))
    refusals = Report()
    for name in NAMES:
        backends()[name].refusals(graph, refusals)
    if refusals.failed:
        raise ValueError(refusals.diagnostics[0].message)
    return graph


def generated(graph: Graph) -> dict[str, Generated]:
    """The code of every back end, which must be the same twice."""
    found = {}
    for name in NAMES:
        found[name] = backends()[name].generate(graph)
        assert backends()[name].generate(graph) == found[name], f"{name}: not the same twice"
    return found


def differences(graph: Graph, seed: int = 0) -> list[str]:
    """Where the frameworks differ from each other, from NumPy, or from what is known."""
    models = {name: backends()[name].build(graph, "float64") for name in NAMES}
    trial = make(graph, seed)
    for model in models.values():
        model.load(trial.weights)
    found = _counts(graph, models) + _exchanges(graph, models, trial)
    for training in (False, True):
        found += _numbers(graph, models, trial, training)
    return found


def _counts(graph: Graph, models: Mapping[str, Model]) -> list[str]:
    expected = sum(int(np.prod(one.shape)) for one in graph.weights.values())
    native = models["torch"].native.state_dict()
    counts = {
        "torch": sum(one.numel() for key, one in native.items() if "num_batches" not in key),
        "keras": models["keras"].native.count_params(),
    }
    return [f"{name}: {n} weights, not {expected}" for name, n in counts.items() if n != expected]


def _exchanges(graph: Graph, models: Mapping[str, Model], trial: Trial) -> list[str]:
    """Weights of one framework, loaded in the other, must come back bit for bit."""
    found = []
    drawn = initial(graph, 1, "float64")
    for giver, taker in (NAMES, NAMES[::-1]):
        models[giver].load(drawn)
        models[taker].load(models[giver].save())
        saved = models[taker].save()
        if set(saved) != set(drawn) or any((saved[k] != drawn[k]).any() for k in drawn):
            found.append(f"weights change on the way from {giver} to {taker}")
    for model in models.values():
        model.load(trial.weights)
    return found


def _numbers(graph: Graph, models: Mapping[str, Model], trial: Trial, training: bool) -> list[str]:
    mode = "training" if training else "inference"
    wanted = {} if training else set(graph.training_output_names)
    cotangents = {name: one for name, one in trial.cotangents.items() if name not in wanted}
    outcomes = {}
    for name, model in models.items():
        model.load(trial.weights)
        outcomes[name] = model.run(trial.inputs, cotangents, training)
    left, right = (_kinds(outcomes[name]) for name in NAMES)
    reference = ReferenceResults(graph, trial, training)
    values = zip(
        (*graph.output_names, *graph.training_output_names),
        (*graph.outputs, *graph.training_outputs),
        strict=True,
    )
    found = [
        f"{mode} {name}: shape {left['outputs'][name].shape}, not {value.shape}"
        for name, value in values
        if name in left["outputs"] and left["outputs"][name].shape != (BATCH, *value.shape)
    ]
    for kind in KINDS:
        found += _compare(f"{mode} {kind} torch/keras", left[kind], right[kind], reference.size)
    for name, one in zip(NAMES, (left, right), strict=True):
        for kind in ("outputs", "statistics"):
            found += _compare(
                f"{mode} {kind} {name}/NumPy", one[kind], reference.all(kind), reference.size
            )
    return found


def _kinds(outcome: Any) -> dict[str, Arrays]:
    return {kind: getattr(outcome, kind) for kind in KINDS}


def _compare(what: str, left: Arrays, right: Arrays, size: float) -> list[str]:
    if set(left) != set(right):
        return [f"{what}: only one side has {sorted(set(left) ^ set(right))}"]
    largest = max((float(np.abs(one).max(initial=0)) for one in left.values()), default=0.0)
    floor = VAIN * size
    if "gradients" in what:
        floor = max(SILENT * largest, VAIN * max(size, 1.0) ** 2)
    apart = {name: difference(left[name], right[name], floor) for name in left}
    return [
        f"{what} {name}: {one.relative:.1e} {one.why or (one.left, one.right, one.index)}"
        for name, one in apart.items()
        if not one.relative <= NEAR
    ]
