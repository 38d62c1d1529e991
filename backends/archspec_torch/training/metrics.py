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
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1Score",
    "auc": "AUROC",
}
_NUMBERS = {"mean_squared_error": "MeanSquaredError", "mean_absolute_error": "MeanAbsoluteError"}
NAMES = frozenset(("top_k", *_CLASSES, *_NUMBERS))


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric: what it is given, its constructor, and its class where that is ours."""

    given: str
    constructor: str
    own: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Metrics by the name of their column, all updated with the same arguments, `given`."""

    name: str
    given: str
    members: tuple[tuple[str, Measure], ...]

    @property
    def constructors(self) -> str:
        """A dictionary of the metrics."""
        return "{" + ", ".join(f"{string(n)}: {one.constructor}" for n, one in self.members) + "}"


def groups(recipe: Recipe, outputs: Sequence[Output]) -> tuple[Group, ...]:
    """The metrics of a recipe, those that are given the same together."""
    main = main_outputs(outputs)
    by_name = {output.name: output for output in main}
    found: dict[str, list[tuple[str, Measure]]] = {}
    for column, choice in labels(recipe.metrics, len(main)).items():
        output = by_name[choice.attributes.output or main[0].name]
        made = _metric(choice, output)
        found.setdefault(made.given, []).append((column, made))
    return tuple(
        Group(f"metrics_{place}" if place > 1 else "metrics", given, tuple(members))
        for place, (given, members) in enumerate(found.items(), 1)
    )


def definitions(found: Sequence[Group]) -> list[str]:
    """The classes that torchmetrics does not have, each once."""
    made = [one.own for group in found for _, one in group.members]
    return list(dict.fromkeys(one for one in made if one is not None))


def imports(found: Sequence[Group]) -> dict[str, list[str]]:
    """What is imported from torchmetrics, by module."""
    own = "\n".join(definitions(found))
    text = " ".join([own, *(group.constructors for group in found)])
    names = set(re.findall(r"\b([A-Z]\w+)\(", text)) | set(re.findall(r"\((\w+)\):\n", own))
    names -= set(re.findall(r"^class (\w+)", own, re.MULTILINE))
    plain = names & {"MeanMetric", *_NUMBERS.values()}
    imported = {
        "torchmetrics": sorted({"MeanMetric", *plain, *(["MetricCollection"] if found else [])}),
        "torchmetrics.classification": sorted(names - plain, key=str.lower),
        "torchmetrics.utilities": ["dim_zero_cat"] if "dim_zero_cat" in own else [],
    }
    return {module: members for module, members in imported.items() if members}


def _metric(choice: Choice, output: Output) -> Measure:
    if choice.record.name in _NUMBERS:
        return _of_numbers(choice, output)
    return _of_bits(choice, output) if output.targets == "bits" else _of_classes(choice, output)


def _of_numbers(choice: Choice, output: Output) -> Measure:
    """Probabilities where the loss applies what makes them, against 1 for the class."""
    target, scores = output.target, output.variable
    if output.ending is not None:
        scores = f"{scores}.{output.ending}({1 if output.ending == 'softmax' else ''})"
    if output.targets == "classes":
        target = f"F.one_hot({target}, {output.channels})"
        target += ".movedim(-1, 1)" if output.places else ""
    return Measure(f"{scores}, {target}", f"{_NUMBERS[choice.name]}()")


def _of_classes(choice: Choice, output: Output) -> Measure:
    arguments = [str(output.channels)]
    scores = output.variable if output.probabilities else f"{output.variable}.softmax(1)"
    # Of a distribution the class is the one that is most probable.
    spread = ".argmax(1)" if output.targets == "distributions" else ""
    given = f"{scores}, {output.target}{spread}"
    if choice.name == "top_k":
        return Measure(given, f"TopK({choice.attributes.k})", _TOP_K)
    if choice.name == "auc":
        counts = "targets.bincount(minlength=len(areas))"
        return _present("AUROC", "Multiclass", given, arguments, counts)
    average = "micro" if choice.name == "accuracy" else "macro"
    arguments.append(f"average={string(average)}")
    return Measure(given, f"Multiclass{_CLASSES[choice.name]}({', '.join(arguments)})")


def _of_bits(choice: Choice, output: Output) -> Measure:
    """A lone yes-or-no answer needs no axis."""
    lone = output.channels == 1
    arguments = [] if lone else [str(output.channels)]
    if choice.name != "auc" and choice.attributes.threshold not in (None, 0.5):
        arguments.append(f"threshold={number(choice.attributes.threshold)}")
    flat = ".flatten()" if lone else ""
    scores = output.variable if output.probabilities else f"{output.variable}.sigmoid()"
    given = f"{scores}{flat}, {output.target}{flat}.int()"
    name = _CLASSES[choice.name]
    if lone:
        return Measure(given, f"Binary{name}({', '.join(arguments)})")
    if choice.name == "accuracy":
        listed = ", ".join([*arguments, 'average="micro"'])
        return Measure(given, f"Multilabel{name}({listed})")
    return _present(name, "Multilabel", given, arguments, "targets.sum(0)")


def _present(name: str, kind: str, given: str, arguments: list[str], counts: str) -> Measure:
    """A mean that leaves out what does not occur, which torchmetrics counts as 0."""
    own = _AREAS if name == "AUROC" else _SCORES
    text = ", ".join([*arguments, 'average="none"'])
    return Measure(given, f"Present{name}({text})", own.format(name=name, kind=kind, counts=counts))


_TOP_K = '''\
class TopK(MeanMetric):
    """The share of those whose class has fewer than k classes of greater probability."""

    def __init__(self, k: int) -> None:
        super().__init__()
        self.k = k

    def update(self, scores: Tensor, targets: Tensor) -> None:
        own = scores.gather(1, targets.unsqueeze(1))
        # What is no number is not greater than anything, and no answer either.
        ahead = (scores > own).sum(1) + self.k * scores.isnan().any(1)
        super().update((ahead < self.k).float())'''

_SCORES = '''\
class Present{name}({kind}{name}):
    """The mean over those answers that occur or are given; the others do not count as 0."""

    def compute(self) -> Tensor:
        there = self.tp + self.fp + self.fn > 0
        return super().compute()[there].sum() / there.sum().clamp(min=1)'''

_AREAS = '''\
class Present{name}({kind}{name}):
    """The mean over those classes that some samples have and some have not."""

    def compute(self) -> Tensor:
        areas, targets = super().compute(), dim_zero_cat(self.target)
        counts = {counts}
        there = (counts > 0) & (counts < len(targets))
        return areas[there].sum() / there.sum().clamp(min=1)'''
