"""categorical_crossentropy: of a distribution over classes."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.losses._shared import (
    LOGITS,
    OUTPUT,
    WEIGHT,
    log_softmax,
    places,
    smoothed,
    smoothing,
)
from archspec.recipes.record import Array, Loss


def value(attributes: Attributes, logits: Array, targets: Array) -> float:
    found = smoothed(attributes, targets) * log_softmax(logits)
    return float(-found.sum() / places(logits))


def gradient(attributes: Attributes, logits: Array, targets: Array) -> Array:
    import numpy as np

    wanted = smoothed(attributes, targets)
    found: Array = np.exp(log_softmax(logits)) * wanted.sum(axis=-1, keepdims=True) - wanted
    return found / places(logits)


PART = Loss(
    name="categorical_crossentropy",
    kind="losses",
    summary="Cross-entropy of a distribution over classes.",
    doc=(
        "-sum(t * log(p)) over the classes (the last axis), a mean over samples and, where there"
        " are any, places. p is the softmax that the output ends in; training goes through the"
        " logits before it, so a confident mistake keeps its gradient. t is the distribution that"
        " is wanted: data give probabilities in the output's shape, or the numbers of the classes,"
        " which mean 1 for the class and 0 for the others. With label smoothing s over n classes it"
        " becomes (1 - s) * t + s / n."
    ),
    source=(
        "Bridle (1990), Training stochastic model recognition algorithms as networks, 3;"
        " label smoothing: Szegedy et al. (2016), Rethinking the Inception architecture, 7."
    ),
    attributes=(
        smoothing("part of each target that is spread over all classes"),
        OUTPUT,
        WEIGHT,
        LOGITS,
    ),
    example="loss: categorical_crossentropy(label_smoothing=0.1)",
    value=value,
    gradient=gradient,
    targets="classes",
    ending="softmax",
)
