"""sparse_categorical_crossentropy: of a distribution over classes, from the number of the class."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.losses._shared import LOGITS, OUTPUT, WEIGHT, log_softmax, one_hot, places
from archspec.recipes.record import Array, Loss


def value(attributes: Attributes, logits: Array, targets: Array) -> float:
    found = one_hot(targets, logits) * log_softmax(logits)
    return float(-found.sum() / places(logits))


def gradient(attributes: Attributes, logits: Array, targets: Array) -> Array:
    import numpy as np

    found: Array = np.exp(log_softmax(logits)) - one_hot(targets, logits)
    return found / places(logits)


PART = Loss(
    name="sparse_categorical_crossentropy",
    kind="losses",
    summary="Cross-entropy of a distribution over classes, with numbers of classes as targets.",
    doc=(
        "-log(p) of the right class, a mean over samples and, where there are any, places: the"
        " same number as `categorical_crossentropy` without label smoothing. Targets are the"
        " numbers of the classes, from 0, in the output's shape without its last axis. Training"
        " goes through the logits before the softmax that the output ends in."
    ),
    source="Bridle (1990), Training stochastic model recognition algorithms as networks, 3.",
    attributes=(OUTPUT, WEIGHT, LOGITS),
    example="loss: sparse_categorical_crossentropy",
    value=value,
    gradient=gradient,
    targets="labels",
    ending="softmax",
)
