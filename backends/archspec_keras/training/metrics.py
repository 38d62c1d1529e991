"""The metrics of a script. They are given logits where the loss applies the last function."""

from __future__ import annotations

import math

from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Metric
from archspec_keras.training.call import Source, call, source
from archspec_keras.training.losses import Trained
from archspec_keras.training.metric_classes import (
    ERRORS,
    SCORES,
    area_class,
    classes_of,
    counts_class,
    error_class,
)

METRICS = frozenset(("accuracy", "auc", "top_k", *SCORES, *ERRORS))


def of(metric: Choice, outputs: list[Trained]) -> Trained:
    """The output that a metric is about."""
    wanted = metric.attributes.output
    return next(one for one in outputs if wanted in (None, one.name))


def label(metric: Choice) -> str:
    """The name of the metric in tables."""
    assert isinstance(metric.record, Metric)
    return str(metric.record.label.format(**dict(metric.attributes.items())))


def metric(metric: Choice, one: Trained) -> str:
    """The metric as an expression."""
    name = label(metric)
    classes = str(one.value.shape[-1])
    if metric.name in SCORES:
        return call(
            counts_class(one), metric.name, classes, threshold=_threshold(metric, one), name=name
        )
    if metric.name == "auc":
        places = math.prod(one.value.shape[:-1])
        counts = "samples" if places == 1 else f"[{places} * count for count in samples]"
        return call(area_class(one), classes, counts, name=name)
    if metric.name in ERRORS:
        return call(error_class(metric, one), name=name)
    if metric.name == "top_k":
        sparse = "Sparse" if one.targets == "labels" else ""
        kind = f"keras.metrics.{sparse}TopKCategoricalAccuracy"
        return call(kind, k=metric.attributes.k, name=name)
    kinds = {"labels": "SparseCategorical", "bits": "Binary"}
    kind = f"keras.metrics.{kinds.get(one.targets, 'Categorical')}Accuracy"
    return call(kind, threshold=_threshold(metric, one), name=name)


def definitions(recipe: Recipe, outputs: list[Trained]) -> list[str]:
    """The metrics that Keras does not have, each once."""
    found: dict[str, str] = {}
    for one in recipe.metrics:
        found |= classes_of(one, of(one, outputs))
    return list(found.values())


def counts(metric: Choice) -> bool:
    """Whether the metric must know how many samples a pass has."""
    return metric.name == "auc"


def _threshold(metric: Choice, one: Trained) -> Source | None:
    """The threshold of a probability, for outputs that are what goes into the sigmoid."""
    if one.targets != "bits":
        return None
    threshold = float(metric.attributes.threshold)
    if one.probabilities:
        return Source(source(threshold))
    if threshold == 0:
        return Source('float("-inf")')
    return Source(source(math.log(threshold / (1 - threshold))))
