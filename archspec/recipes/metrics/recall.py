"""recall: how much of what is there was found."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.metrics._shared import (
    BY_CLASS,
    DECISIONS,
    HALF,
    OUTPUT,
    THRESHOLD,
    counts,
    mean_ratio,
)
from archspec.recipes.record import Array, Metric


def value(attributes: Attributes, outputs: Array, targets: Array) -> float:
    right, _, missed = counts(attributes.threshold, outputs, targets)
    return mean_ratio(right, right + missed)


PART = Metric(
    name="recall",
    kind="metrics",
    summary="How much of what is there was found.",
    doc="Rightly found / all that is there." + BY_CLASS + DECISIONS,
    source="Sokolova and Lapalme (2009), A systematic analysis of performance measures, table 3.",
    attributes=(OUTPUT, THRESHOLD),
    example="metrics: [recall(threshold=0.3)]",
    value=value,
    needs="classes",
    better="higher",
    label="recall",
    threshold=HALF,
)
