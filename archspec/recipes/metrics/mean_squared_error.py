"""mean_squared_error: of numbers, over a pass."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.metrics._shared import OUTPUT, flat
from archspec.recipes.record import Array, Metric


def value(attributes: Attributes, outputs: Array, targets: Array) -> float:
    scores, truths = flat(outputs, targets)
    return float(((scores - truths) ** 2).mean())


PART = Metric(
    name="mean_squared_error",
    kind="metrics",
    summary="Mean of the squared differences.",
    doc=(
        "(y - t) ** 2, a mean over all numbers of the output and over all samples of the pass. y"
        " are probabilities where the loss goes through logits, and t is then a distribution: 1 for"
        " the class and 0 for the others where the data give the class."
    ),
    source="Bishop (2006), Pattern recognition and machine learning, 3.1.1.",
    attributes=(OUTPUT,),
    example="metrics: [mean_squared_error]",
    value=value,
    needs="numbers",
    better="lower",
    label="mean_squared_error",
)
