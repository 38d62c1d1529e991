"""A linear network whose training is easily followed by hand, and how it is built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import archspec
from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.recipes import Recipe
from archspec.recipes.stored import choice
from archspec.training.logits import logits
from archspec_torch.backend import Backend

NETWORK = "network linear {{ input x[5]  dense(3){ending} }}\n"


def compiled(text: str, folder: Path) -> tuple[Graph, Recipe]:
    """The network on logits, and its recipe, of which nothing is refused."""
    graph, recipe = read(text, folder)
    report = Report()
    Backend().training.refusals(graph, recipe, report)
    assert not report.diagnostics
    return graph, recipe


def read(text: str, folder: Path) -> tuple[Graph, Recipe]:
    """The network on logits, and its recipe."""
    file = folder / "model.arch"
    file.write_text(text)
    found = archspec.load(file)
    assert found.check() == (), [one.message for one in found.diagnostics]
    graph, recipe = found.graph(), found.recipe()
    assert graph is not None
    assert recipe is not None
    assert found.program is not None
    report = Report()
    trained = logits(found.program, graph, report)
    assert trained is not None
    return trained, recipe


def linear(settings: str, folder: Path, ending: str = " -> softmax") -> tuple[Graph, Recipe]:
    """The linear network with these settings."""
    needed = {"loss": "categorical_crossentropy", "epochs": "5", "batch_size": "4"}
    given = settings.splitlines()
    lines = [f"{key}: {value}" for key, value in needed.items() if f"{key}:" not in settings]
    train = "\n".join(["train linear {", *lines, *given, "}"])
    return compiled(NETWORK.format(ending=ending) + train, folder)


def of_digits(recipe: Recipe) -> Recipe:
    """The recipe with data whose samples have a class each, where it names none."""
    return replace(recipe, data=choice("data", {"name": "digits"}))


def script(graph: Graph, recipe: Recipe) -> dict[str, str]:
    """All files of a training but the data's."""
    generated = Backend().generate(graph)
    return {**generated.files, **Backend().training.script(graph, recipe, generated, "data")}
