"""auc: the area under the receiver operating characteristic."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.metrics._shared import OUTPUT, flat
from archspec.recipes.record import Array, Metric


def _area(scores: Array, truths: Array) -> float | None:
    """The share of pairs in the right order, for one class; None where there is no pair."""
    import numpy as np

    yes = int((truths > 0).sum())
    no = truths.size - yes
    if yes == 0 or no == 0:
        return None
    # Ranks from 1, equal scores with the mean of theirs.
    _, place, many = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (many.cumsum() - (many - 1) / 2)[place]
    return float((ranks[truths > 0].sum() - yes * (yes + 1) / 2) / (yes * no))


def value(attributes: Attributes, outputs: Array, targets: Array) -> float:
    scores, truths = flat(outputs, targets)
    areas = [_area(scores[:, one], truths[:, one]) for one in range(scores.shape[1])]
    found = [one for one in areas if one is not None]
    return sum(found) / len(found) if found else 0.0


PART = Metric(
    name="auc",
    kind="metrics",
    summary="Area under the receiver operating characteristic.",
    doc=(
        "The share of pairs of a positive and a negative sample in which the positive one has the"
        " greater probability, where equal ones count half: the exact area, without steps of a"
        " threshold. With a softmax it is the mean over the classes, each against all others, with"
        " several yes-or-no outputs the mean over them; those without positive or without negative"
        " samples are left out, and if none is left the area is 0. Outputs that are no"
        " probabilities are put through the softmax or sigmoid first. The class of a target that is"
        " a distribution is the most probable, the first of equals."
    ),
    source="Hanley and McNeil (1982), The meaning and use of the area under a ROC curve, 3.",
    attributes=(OUTPUT,),
    example="metrics: [auc]",
    value=value,
    needs="classes",
    better="higher",
    label="auc",
)
