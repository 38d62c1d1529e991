"""Metrics as torchmetrics has them, grouped by what they are given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archspec.lowering.python import number, string
from archspec.recipes import Choice, Recipe
from archspec.recipes.monitored import labels
from archspec_torch.training.outputs import Output, main_outputs

_CLASSES = {
    "accuracy": "Accuracy",
    "top_k": "Accuracy",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1Score",
    "auc": "AUROC",
}
_NUMBERS = {"mean_squared_error": "MeanSquaredError", "mean_absolute_error": "MeanAbsoluteError"}
NAMES = frozenset((*_CLASSES, *_NUMBERS))


@dataclass(frozen=True, slots=True)
class Group:
    """Metrics that are updated with the same arguments, `given`."""

    name: str
    given: str
    members: tuple[tuple[str, str], ...]

    @property
    def constructors(self) -> str:
        """A dictionary of the metrics by the name of their column."""
        return "{" + ", ".join(f"{string(name)}: {text}" for name, text in self.members) + "}"


def groups(recipe: Recipe, outputs: Sequence[Output]) -> tuple[Group, ...]:
    """The metrics of a recipe, those that are given the same together."""
    main = main_outputs(outputs)
    by_name = {output.name: output for output in main}
    found: dict[str, list[tuple[str, str]]] = {}
    for column, choice in labels(recipe.metrics, len(main)).items():
        output = by_name[choice.attributes.output or main[0].name]
        given, text = _metric(choice, output)
        found.setdefault(given, []).append((column, text))
    return tuple(
        Group(f"metrics_{place}" if place > 1 else "metrics", given, tuple(members))
        for place, (given, members) in enumerate(found.items(), 1)
    )


def classes(found: Sequence[Group]) -> dict[str, list[str]]:
    """What is imported from torchmetrics, by module."""
    text = " ".join(group.constructors for group in found)
    names = set(re.findall(r"\b([A-Z]\w+)\(", text))
    plain = names & set(_NUMBERS.values())
    imported = {
        "torchmetrics": sorted({"MeanMetric", *plain, *(["MetricCollection"] if found else [])}),
        "torchmetrics.classification": sorted(names - plain, key=str.lower),
    }
    return {module: members for module, members in imported.items() if members}


def _metric(choice: Choice, output: Output) -> tuple[str, str]:
    """What a metric is given, and its constructor."""
    if choice.record.name in _NUMBERS:
        return f"{output.variable}, {output.target}", f"{_NUMBERS[choice.name]}()"
    return _of_bits(choice, output) if output.targets == "bits" else _of_classes(choice, output)


def _of_classes(choice: Choice, output: Output) -> tuple[str, str]:
    arguments = [str(output.channels)]
    if choice.name == "top_k":
        arguments.append(f"top_k={choice.attributes.k}")
    micro = choice.name in ("accuracy", "top_k")
    arguments.append(f"average={string('micro' if micro else 'macro')}")
    scores = output.variable if output.probabilities else f"{output.variable}.softmax(1)"
    return (
        f"{scores}, {output.target}",
        f"Multiclass{_CLASSES[choice.name]}({', '.join(arguments)})",
    )


def _of_bits(choice: Choice, output: Output) -> tuple[str, str]:
    """A lone yes-or-no answer needs no axis."""
    lone = output.channels == 1
    arguments = [] if lone else [str(output.channels)]
    if choice.name != "auc" and choice.attributes.threshold not in (None, 0.5):
        arguments.append(f"threshold={number(choice.attributes.threshold)}")
    if not lone:
        arguments.append(f"average={string('micro' if choice.name == 'accuracy' else 'macro')}")
    flat = ".flatten()" if lone else ""
    scores = output.variable if output.probabilities else f"{output.variable}.sigmoid()"
    text = f"{'Binary' if lone else 'Multilabel'}{_CLASSES[choice.name]}({', '.join(arguments)})"
    return f"{scores}{flat}, {output.target}{flat}.int()", text
