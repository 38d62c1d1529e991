"""kl_divergence: how far a distribution over classes is from the one that is wanted."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.losses._shared import LOGITS, OUTPUT, WEIGHT, log_softmax, places
from archspec.recipes.record import Array, Loss


def value(attributes: Attributes, logits: Array, targets: Array) -> float:
    import numpy as np

    safe = np.where(targets > 0, targets, 1)
    found = targets * (np.log(safe) - log_softmax(logits))
    return float(found.sum() / places(logits))


def gradient(attributes: Attributes, logits: Array, targets: Array) -> Array:
    import numpy as np

    found: Array = np.exp(log_softmax(logits)) * targets.sum(axis=-1, keepdims=True) - targets
    return found / places(logits)


PART = Loss(
    name="kl_divergence",
    kind="losses",
    summary="How far a distribution over classes is from the one that is wanted.",
    doc=(
        "sum(t * log(t / p)) over the classes (the last axis), a mean over samples and, where"
        " there are any, places; classes with t = 0 add nothing. p is the softmax that the output"
        " ends in; training goes through the logits before it. t is the distribution that is"
        " wanted: data give probabilities in the output's shape, or the numbers of the classes,"
        " which mean 1 for the class and 0 for the others."
    ),
    source="Kullback and Leibler (1951), On information and sufficiency, 2.",
    attributes=(OUTPUT, WEIGHT, LOGITS),
    example="loss: kl_divergence",
    value=value,
    gradient=gradient,
    targets="classes",
    ending="softmax",
)
