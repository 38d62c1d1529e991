"""f1: the harmonic mean of precision and recall."""

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
    right, wrong, missed = counts(attributes.threshold, outputs, targets)
    return mean_ratio(2 * right, 2 * right + wrong + missed)


PART = Metric(
    name="f1",
    kind="metrics",
    summary="Harmonic mean of precision and recall.",
    doc=(
        "2 * rightly found / (2 * rightly found + wrongly found + missed)." + BY_CLASS + DECISIONS
    ),
    source="Sokolova and Lapalme (2009), A systematic analysis of performance measures, table 3.",
    attributes=(OUTPUT, THRESHOLD),
    example="metrics: [f1]",
    value=value,
    needs="classes",
    better="higher",
    label="f1",
    threshold=HALF,
)
