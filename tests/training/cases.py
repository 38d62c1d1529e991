"""Networks with recipes, read and written as trainings of a back end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import archspec
from archspec.diagnostics import Diagnostic, Report
from archspec.ir import Graph
from archspec.lowering.backend import Backend
from archspec.lowering.trainer import Trainer
from archspec.recipes import Recipe
from archspec.recipes.stored import choice
from archspec.training.logits import logits
from archspec_keras.backend import Backend as KerasBackend
from archspec_torch.backend import Backend as TorchBackend

NETWORK = "network linear {{ input x[5]  dense(3){ending} }}\n"


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
    trained = logits(found.program, graph, Report())
    assert trained is not None
    return trained, recipe


def of_digits(recipe: Recipe) -> Recipe:
    """The recipe with data whose samples have a class each, where it names none."""
    return replace(recipe, data=choice("data", {"name": "digits"}))


@dataclass(frozen=True)
class Cases:
    """Trainings of one back end."""

    backend: Backend
    training: Trainer

    def refusals(self, graph: Graph, recipe: Recipe) -> list[Diagnostic]:
        """What the back end refuses of a training."""
        report = Report()
        self.training.refusals(graph, recipe, report)
        return report.diagnostics

    def compiled(self, text: str, folder: Path) -> tuple[Graph, Recipe]:
        """The network on logits, and its recipe, of which nothing is refused."""
        graph, recipe = read(text, folder)
        assert not self.refusals(graph, recipe)
        return graph, recipe

    def linear(
        self, settings: str, folder: Path, ending: str = " -> softmax"
    ) -> tuple[Graph, Recipe]:
        """A linear network, whose training is easily followed by hand, with these settings."""
        needed = {"loss": "categorical_crossentropy", "epochs": "5", "batch_size": "4"}
        lines = [f"{key}: {value}" for key, value in needed.items() if f"{key}:" not in settings]
        train = "\n".join(["train linear {", *lines, *settings.splitlines(), "}"])
        return self.compiled(NETWORK.format(ending=ending) + train, folder)

    def script(self, graph: Graph, recipe: Recipe) -> dict[str, str]:
        """All files of a training but the data's."""
        generated = self.backend.generate(graph)
        return {**generated.files, **self.training.script(graph, recipe, generated, "data")}


TORCH = Cases(TorchBackend(), TorchBackend().training)
KERAS = Cases(KerasBackend(), KerasBackend().training)
