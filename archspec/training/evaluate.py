"""How good a trained network is, on data that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph
from archspec.lowering.backend import Model
from archspec.recipes import Choice, Recipe
from archspec.recipes.monitored import labels
from archspec.recipes.record import Loss, Metric
from archspec.training.probabilities import probabilities

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The metrics of the recipe by name, and where there are classes who was taken for whom.

    `confusion` counts samples: a row for each class, a column for each answer.
    """

    samples: int
    metrics: dict[str, float]
    classes: Sequence[str] = ()
    confusion: Array | None = None
    report: str = ""

    def json(self) -> dict[str, Any]:
        """The documented, stable form."""
        confusion = None if self.confusion is None else self.confusion.tolist()
        return {
            "samples": self.samples,
            "metrics": self.metrics,
            "classes": list(self.classes),
            "confusion": confusion,
        }


def evaluate(
    graph: Graph, recipe: Recipe, model: Model, data: Any, classes: Sequence[str]
) -> Evaluation:
    """Run the network over all of `data`, as it is at inference."""
    import numpy as np

    outputs: dict[str, list[Array]] = {name: [] for name in graph.output_names}
    targets: list[list[Array]] = []
    for indices in data.batches(0):
        inputs, wanted = data.batch(indices, 0)
        given = inputs if isinstance(inputs, tuple) else (inputs,)
        found = model.run(dict(zip(graph.input_names, given, strict=True))).outputs
        for name in outputs:
            outputs[name].append(found[name])
        targets.append(list(wanted) if isinstance(wanted, tuple) else [wanted])
    joined = {name: np.concatenate(of) for name, of in outputs.items()}
    wanted = [np.concatenate(of) for of in zip(*targets, strict=True)]
    metrics = {}
    for name, choice in labels(recipe.metrics, len(graph.output_names)).items():
        assert isinstance(choice.record, Metric)
        which = choice.attributes.output or graph.output_names[0]
        place = graph.output_names.index(which)
        answers = choice.record.needs != "numbers"
        scores = probabilities(graph, recipe.losses[place], joined[which], answers)
        truths = _measured(choice.record, recipe.losses[place], scores, wanted[place])
        metrics[name] = choice.record.value(choice.attributes, scores, truths)
    samples = len(wanted[0])
    chosen = _answers(graph, recipe, joined[graph.output_names[0]])
    if chosen is None:
        return Evaluation(samples, metrics)
    return _confused(samples, metrics, chosen, wanted[0], classes or _numbers(graph))


def _measured(metric: Metric, loss: Choice, outputs: Array, targets: Array) -> Array:
    """Targets as the metric takes them: of a distribution the class that is most probable."""
    assert isinstance(loss.record, Loss)
    spread = loss.record.targets == "classes" and targets.shape == outputs.shape
    if not spread or metric.needs == "numbers":
        return targets
    classes: Array = targets.argmax(axis=-1)
    return classes


def _numbers(graph: Graph) -> list[str]:
    """Names for classes of which the data tell no names."""
    return [str(number) for number in range(max(2, graph.outputs[0].shape[-1]))]


def _answers(graph: Graph, recipe: Recipe, outputs: Array) -> Array | None:
    """The class that each sample is given; None where samples have no single class."""
    record = recipe.losses[0].record
    assert isinstance(record, Loss)
    if outputs.ndim != 2 or record.targets == "numbers":
        return None
    outputs = probabilities(graph, recipe.losses[0], outputs)
    if record.targets == "bits":
        found: Array = (outputs[:, 0] > 0.5).astype(int)
        return found if outputs.shape[1] == 1 else None
    found = outputs.argmax(axis=1)
    return found


def _confused(
    samples: int, metrics: dict[str, float], answers: Array, wanted: Array, classes: Sequence[str]
) -> Evaluation:
    from sklearn.metrics import classification_report, confusion_matrix

    numbers = list(range(len(classes)))
    true = wanted.reshape(samples, -1)
    true = true[:, 0] if true.shape[1] == 1 else true.argmax(axis=1)
    true = true.astype(int)
    table = confusion_matrix(true, answers, labels=numbers)
    report = classification_report(
        true, answers, labels=numbers, target_names=list(classes), zero_division=0, digits=4
    )
    return Evaluation(samples, metrics, classes, table, report)
