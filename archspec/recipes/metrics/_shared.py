"""What metrics share: their output, and how many were right and wrong by class."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.recipes.record import Array

OUTPUT = Attribute(
    "output",
    "word",
    "output that the metric is about; may be left out if there is one",
    default=None,
)
THRESHOLD = Attribute(
    "threshold",
    "float",
    "probability above which a yes-or-no answer is yes; 0.5 where it is not given",
    default=None,
    minimum=0,
    exclusive_maximum=1,
)
HALF = ("threshold", 0.5)
DECISIONS = (
    " A softmax decides for its largest class, the first of equals; a sigmoid for yes above"
    " `threshold`. Outputs that are no probabilities are put through the softmax or sigmoid first."
    " The class of a target that is a distribution is the most probable, the first of equals."
)
BY_CLASS = (
    " With a softmax it is the mean of this number over the classes, each against all others, with"
    " several yes-or-no outputs the mean over them; classes that neither occur nor are predicted"
    " are left out, and 0 / 0 is 0. It is computed from all samples of the pass at once."
)


def flat(outputs: Array, targets: Array) -> tuple[Array, Array]:
    """Scores and truths as (samples and places, classes), truths as 0 or 1."""
    import numpy as np

    classes = outputs.shape[-1]
    if targets.shape == outputs.shape:
        return outputs.reshape(-1, classes), targets.reshape(-1, classes)
    return outputs.reshape(-1, classes), np.eye(classes)[targets.reshape(-1)]


def decided(threshold: float | None, outputs: Array, targets: Array) -> Array:
    """What the outputs decide for, as 0 or 1 for each class."""
    import numpy as np

    classes = outputs.shape[-1]
    scores = outputs.reshape(-1, classes)
    if targets.shape == outputs.shape:
        found: Array = (scores > threshold).astype(float)
        return found
    found = np.eye(classes)[scores.argmax(axis=-1)]
    return found


def counts(threshold: float | None, outputs: Array, targets: Array) -> tuple[Array, Array, Array]:
    """Rightly found, wrongly found and missed, by class, of classes that occur."""
    chosen = decided(threshold, outputs, targets)
    truths = flat(outputs, targets)[1]
    right = (chosen * truths).sum(axis=0)
    wrong = (chosen * (1 - truths)).sum(axis=0)
    missed = ((1 - chosen) * truths).sum(axis=0)
    there = right + wrong + missed > 0
    return right[there], wrong[there], missed[there]


def mean_ratio(part: Array, whole: Array) -> float:
    """The mean of part / whole, where 0 / 0 is 0."""
    import numpy as np

    if not part.size:
        return 0.0
    return float((part / np.where(whole > 0, whole, 1)).mean())
