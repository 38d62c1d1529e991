"""training: all that a back end needs to train one network, and the files that it makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.diagnostics import Report
from archspec.elaborate.frame import Frame
from archspec.ir import Graph
from archspec.lowering.choose import choose
from archspec.lowering.make import generate
from archspec.lowering.planner import NotLowerable
from archspec.lowering.trainer import Trainer
from archspec.recipes import Recipe
from archspec.source import NOWHERE
from archspec.training.check_source import check_source
from archspec.training.data_file import data_file
from archspec.training.logits import logits, of_recipe

DATA = "data"
"""The module that loads the data."""


@dataclass(frozen=True, slots=True)
class Training:
    """A network as it is used, the same network as it is trained, and how."""

    graph: Graph
    logits: Graph
    recipe: Recipe


def training(graph: Graph, recipe: Recipe, report: Report) -> Training | None:
    """The network made ready for its recipe; None after reporting why not."""
    assert isinstance(graph.root, Frame)
    run = graph.root.run
    wanted = of_recipe(recipe, graph)
    made = logits(run.program, graph, report, wanted, run.overrides, run.sizes)
    return None if made is None else Training(graph, made, recipe)


def scripts(made: Training, backend: str, report: Report) -> dict[str, str] | None:
    """The model, data.py and train.py by their file names; None after reporting why not."""
    trainer = trainer_of(backend, made.logits, report)
    if trainer is None or not check_source(made.recipe, made.graph, report):
        return None
    refusals = Report()
    trainer.refusals(made.logits, made.recipe, refusals)
    report.extend(refusals)
    code = None if refusals.failed else generate(backend, made.logits, report)
    if code is None:
        return None
    try:
        more = trainer.script(made.logits, made.recipe, code, DATA)
    except NotLowerable as problem:
        report.add("not-lowerable", problem.span, f"{backend}: {problem}")
        return None
    return {**code.files, f"{DATA}.py": data_file(made.recipe, made.graph), **more}


def trainer_of(backend: str, graph: Graph, report: Report) -> Trainer | None:
    """What trains in the back end of that name, or None after reporting that there is nothing."""
    found = choose(backend, graph, report)
    if found is None:
        return None
    trainer: Trainer | None = getattr(found, "training", None)
    if trainer is None:
        message = f"the back end `{backend}` generates networks, and cannot train them"
        report.add("not-supported", NOWHERE, message, help="train with torch or keras")
    return trainer
