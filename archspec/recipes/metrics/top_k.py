"""top_k: the share of samples whose class is among the first k."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.metrics._shared import OUTPUT, flat
from archspec.recipes.record import Array, Metric


def value(attributes: Attributes, outputs: Array, targets: Array) -> float:
    import numpy as np

    scores, truths = flat(outputs, targets)
    own = (scores * truths).sum(axis=-1, keepdims=True)
    # What is no number is not greater than anything, and no answer either.
    ahead = (scores > own).sum(axis=-1) + attributes.k * np.isnan(scores).any(axis=-1)
    return float((ahead < attributes.k).mean())


PART = Metric(
    name="top_k",
    kind="metrics",
    summary="Share of samples whose class is among the k most probable.",
    doc=(
        "Samples whose class has fewer than `k` classes of greater probability, divided by all"
        " samples; so ties count for the network. The class of a target that is a distribution is"
        " the most probable, the first of equals."
    ),
    source="Russakovsky et al. (2015), ImageNet large scale visual recognition challenge, 4.1.",
    attributes=(Attribute("k", "int", "number of classes", minimum=1), OUTPUT),
    example="metrics: [top_k(5)]",
    value=value,
    needs="ranks",
    better="higher",
    label="top_{k}",
    count="k",
)
