"""precision: how much of what was found is right."""

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
    right, wrong, _ = counts(attributes.threshold, outputs, targets)
    return mean_ratio(right, right + wrong)


PART = Metric(
    name="precision",
    kind="metrics",
    summary="How much of what was found is right.",
    doc="Rightly found / all found." + BY_CLASS + DECISIONS,
    source="Sokolova and Lapalme (2009), A systematic analysis of performance measures, table 3.",
    attributes=(OUTPUT, THRESHOLD),
    example="metrics: [precision, recall]",
    value=value,
    needs="classes",
    better="higher",
    label="precision",
    threshold=HALF,
)
