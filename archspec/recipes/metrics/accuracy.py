"""accuracy: the share of right answers."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.metrics._shared import DECISIONS, HALF, OUTPUT, THRESHOLD, decided, flat
from archspec.recipes.record import Array, Metric


def value(attributes: Attributes, outputs: Array, targets: Array) -> float:
    chosen = decided(attributes.threshold, outputs, targets)
    same = chosen == flat(outputs, targets)[1]
    if targets.shape != outputs.shape:
        same = same.all(axis=-1)
    return float(same.mean())


PART = Metric(
    name="accuracy",
    kind="metrics",
    summary="Share of right answers.",
    doc=(
        "Right answers / all answers, over samples, places and, with several yes-or-no outputs,"
        " outputs." + DECISIONS
    ),
    source="Sokolova and Lapalme (2009), A systematic analysis of performance measures, table 2.",
    attributes=(OUTPUT, THRESHOLD),
    example="metrics: [accuracy]",
    value=value,
    needs="classes",
    better="higher",
    label="accuracy",
    threshold=HALF,
)
