"""binary_crossentropy: of yes-or-no answers."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.losses._shared import LOGITS, OUTPUT, WEIGHT, smoothing
from archspec.recipes.record import Array, Loss


def _smoothed(attributes: Attributes, targets: Array) -> Array:
    amount = attributes.label_smoothing
    found: Array = (1 - amount) * targets + amount / 2
    return found


def value(attributes: Attributes, logits: Array, targets: Array) -> float:
    import numpy as np

    # log(1 + exp(z)) - t * z, written so that a large z does not overflow.
    wanted = _smoothed(attributes, targets)
    soft = np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits)))
    return float((soft - wanted * logits).mean())


def gradient(attributes: Attributes, logits: Array, targets: Array) -> Array:
    import numpy as np

    found: Array = 0.5 * (1 + np.tanh(0.5 * logits)) - _smoothed(attributes, targets)
    return found / logits.size


PART = Loss(
    name="binary_crossentropy",
    kind="losses",
    summary="Cross-entropy of yes-or-no answers, each judged by itself.",
    doc=(
        "-t * log(p) - (1 - t) * log(1 - p), a mean over all numbers of the output and over"
        " samples. p is the sigmoid that the output ends in; training goes through the logits"
        " before it. t is 0 or 1; with label smoothing s it becomes (1 - s) * t + s / 2."
    ),
    source="Bishop (2006), Pattern recognition and machine learning, 4.3.2, equation 4.90.",
    attributes=(
        smoothing("part of each target that is spread over yes and no"),
        OUTPUT,
        WEIGHT,
        LOGITS,
    ),
    example="loss: binary_crossentropy",
    value=value,
    gradient=gradient,
    targets="bits",
    ending="sigmoid",
)
