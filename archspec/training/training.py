"""training: all that a back end needs to train one network, and the files that it makes of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from archspec.diagnostics import Report
from archspec.elaborate.frame import Frame
from archspec.ir import Graph
from archspec.lowering.choose import choose
from archspec.lowering.make import generate
from archspec.lowering.planner import NotLowerable
from archspec.lowering.trainer import Trainer, trainer_in
from archspec.recipes import Recipe
from archspec.training.check_source import check_fit
from archspec.training.data_file import data_file
from archspec.training.logits import logits, of_recipe

DATA = "data"
"""The module that loads the data."""

TAKEN = {
    *(DATA, "train", "datasets", "h5py", "jax", "keras", "lightning", "matplotlib", "numpy", "PIL"),
    *("scipy", "sklearn", "tensorboard", "tensorflow", "torch", "torchmetrics"),
}
"""Modules that scripts import, or that these import; a file beside them would be taken for one."""


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
    if trainer is None or not check_fit(made.recipe, made.graph, report):
        return None
    refusals = Report()
    trainer.refusals(made.logits, made.recipe, refusals)
    report.extend(refusals)
    code = None if refusals.failed else generate(backend, made.logits, report)
    if code is None or _is_taken(code.module, made.graph, report):
        return None
    try:
        more = trainer.script(made.logits, made.recipe, code, DATA)
    except NotLowerable as problem:
        report.add("not-lowerable", problem.span, f"{backend}: {problem}")
        return None
    return {**code.files, f"{DATA}.py": data_file(made.recipe, made.graph), **more}


def _is_taken(module: str, graph: Graph, report: Report) -> bool:
    """Whether a file of this name would stand in the way of what the scripts import."""
    if module not in TAKEN and module not in sys.stdlib_module_names:
        return False
    report.add(
        "reserved-name",
        graph.definition.name_span,
        f"a network that is trained cannot be called `{graph.name}`: the scripts import `{module}`",
        help="give the network another name",
    )
    return True


def trainer_of(backend: str, graph: Graph, report: Report) -> Trainer | None:
    """What trains in the back end of that name, or None after reporting that there is nothing."""
    found = choose(backend, graph, report)
    return None if found is None else trainer_in(found, report)
