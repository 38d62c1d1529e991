"""Training runs: a spec is trained in a folder, which is opened again to go on or to use it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.compiler import Compilation, Overrides, load
from archspec.diagnostics import Report
from archspec.source import NOWHERE

if TYPE_CHECKING:
    from archspec.ir import Graph
    from archspec.lowering.backend import Model
    from archspec.recipes import Recipe
    from archspec.training.evaluate import Evaluation
    from archspec.training.run import Options
    from archspec.training.training import Training


def train(
    spec: Compilation,
    backend: str,
    folder: Path,
    options: Options,
    network: str | None = None,
    overrides: Overrides | None = None,
) -> int | None:
    """Train in a new folder; the script's exit code, or None with diagnostics in `spec`.

    The data are looked at first. `FileExistsError` where the folder holds something already.
    """
    from archspec.training import run
    from archspec.training.training import scripts

    made = spec.training(network, overrides)
    if made is None or not _takes(made, backend, options, spec.report):
        return None
    recipe = _located(made.recipe, spec, options)
    if recipe is None:
        return None
    made = replace(made, recipe=recipe)
    parts = _loaded(recipe, made.graph, spec.report)
    files = None if parts is None else scripts(made, backend, spec.report)
    if parts is None or files is None:
        return None
    run.prepare(made, backend, folder, files, list(parts.classes))
    if not run.begin(made, backend, folder, spec.report):
        return None
    return _run(made, backend, folder, options, spec.report)


def _takes(made: Training, backend: str, options: Options, report: Report) -> bool:
    """Whether the back end's script has the options that are wanted."""
    from archspec.training.training import trainer_of

    trainer = trainer_of(backend, made.logits, report)
    if trainer is not None and options.strategy not in (None, *trainer.strategies):
        message = f"{backend} has no strategy `{options.strategy}` for several devices"
        known = ", ".join(trainer.strategies)
        help = f"it has {known}" if known else "leave it out: its script has only one way"
        report.add("not-supported", NOWHERE, message, help=help)
        return False
    return trainer is not None


def _run(
    made: Training,
    backend: str,
    folder: Path,
    options: Options,
    report: Report,
    resume: bool = False,
) -> int | None:
    from archspec.training import run

    code = run.train(folder, backend, replace(options, data=None), resume)
    if code or options.fast_dev_run:
        return code
    return 0 if run.finish(made, backend, folder, report) else None


def _located(recipe: Recipe, spec: Compilation, options: Options) -> Recipe | None:
    """The recipe with data that are found from any folder; None after reporting why not."""
    from archspec.training.source import Unusable, with_data
    from archspec.training.sources import located

    # A path that leaves the spec's folder has been refused with the section.
    found = located(recipe, spec.report) or recipe
    if options.data is None:
        return found
    try:
        return with_data(found, options.data.resolve())
    except Unusable as problem:
        spec.report.add("unusable-data", NOWHERE, str(problem))
        return None


def _loaded(recipe: Recipe, graph: Graph, report: Report) -> Any:
    """The parts of the data; None after reporting what is wrong with them."""
    from archspec.training.source import Unusable, load

    span = NOWHERE if recipe.data is None else recipe.data.span
    try:
        return load(recipe, graph)
    except Unusable as problem:
        report.add("unusable-data", span, str(problem))
    return None


@dataclass(frozen=True, slots=True)
class Run:
    """A folder that a training left: its network as it is used, its recipe, its weights."""

    folder: Path
    spec: Compilation
    training: Training
    backend: str
    classes: Sequence[str]

    def resume(self, options: Options) -> int | None:
        """Go on with a training that was interrupted; see `train`."""
        if not _takes(self.training, self.backend, options, self.spec.report):
            return None
        return _run(
            self.training, self.backend, self.folder, options, self.spec.report, resume=True
        )

    def evaluate(self, data: Path | None = None, backend: str | None = None) -> Evaluation | None:
        """How good the network is on the validation part of its data, or on all of `data`."""
        from archspec.training import evaluate, source

        recipe = source.for_evaluation(self.training.recipe, data and data.resolve())
        parts = _loaded(recipe, self.training.graph, self.spec.report)
        if parts is None:
            return None
        if not self._same_classes(parts.classes):
            return None
        part = parts.train if data is not None else parts.validation
        if part is None:
            message = "the recipe keeps no data for validation"
            help = "name data with --data"
            self.spec.report.add("unusable-data", NOWHERE, message, help=help)
            return None
        part.training = False
        model = self._model(backend)
        if model is None:
            return None
        graph = self.training.graph
        return evaluate.evaluate(graph, recipe, model, part, parts.classes)

    def _same_classes(self, classes: Sequence[str]) -> bool:
        """Whether classes have the names that they were trained with; numbers are no names."""
        before = list(self.classes)
        if not classes or not before or list(classes) == before:
            return True
        if [str(number) for number in range(len(before))] in (list(classes), before):
            return True
        message = f"the data have the classes {', '.join(classes)}"
        help = f"the network was trained on {', '.join(before)}, numbered in this order"
        self.spec.report.add("unusable-data", NOWHERE, message, help=help)
        return False

    def predict(
        self, files: Sequence[Path], backend: str | None = None
    ) -> Iterator[tuple[str, Any]] | None:
        """The name of each sample with the probabilities for it."""
        from archspec.training.predict import predict

        model = self._model(backend)
        if model is None:
            return None
        return predict(self.training.graph, self.training.recipe, model, files)

    def _model(self, backend: str | None) -> Model | None:
        from archspec.training.run import WEIGHTS

        path = self.folder / WEIGHTS
        found = self.spec.import_weights(path) if path.exists() else None
        if not path.exists():
            message = f"{self.folder} holds no trained weights"
            help = "go on with `archspec train --resume`, or train anew"
            self.spec.report.add("weights-unreadable", NOWHERE, message, help=help)
        model = None if found is None else self.spec.build(backend or self.backend)
        if found is not None and model is not None:
            model.load(found.weights)
        return model


def open_run(folder: Path) -> Run | None:
    """The run in a folder; None where it holds none."""
    from archspec.recipes.stored import from_json
    from archspec.training.run import RECIPE, RUN, SPEC
    from archspec.training.training import training

    try:
        noted = json.loads((folder / RUN).read_text(encoding="utf-8"))
        stored = json.loads((folder / RECIPE).read_text(encoding="utf-8"))
        network, backend, classes = (noted[key] for key in ("network", "backend", "classes"))
        words = all(isinstance(one, str) for one in (network, backend, *classes))
        recipe = from_json(stored)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not words:
        return None
    spec = load(folder / SPEC, network)
    graph = spec.graph()
    made = None if graph is None else training(graph, recipe, spec.report)
    # What there was to say about the text was said when it was trained.
    spec.report = Report()
    return None if made is None else Run(folder, spec, made, backend, classes)
