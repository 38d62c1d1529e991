"""What is monitored after an epoch, and when it has become better."""

from __future__ import annotations

from math import isfinite

from archspec.ops.attribute import Attribute
from archspec.recipes.record import Better

MONITOR = Attribute(
    "monitor",
    "word",
    "what is looked at after an epoch: `loss` or the name of a metric, with `validation_` before"
    " it for that of the validation data",
    default="validation_loss",
)
MINIMUM_CHANGE = Attribute(
    "minimum_change", "float", "least change that counts as better", default=0.0, minimum=0
)


def improves(value: float, best: float | None, least: float, better: Better) -> bool:
    """Whether `value` is better than `best` by more than `least`; what is not finite never is.

    >>> improves(0.5, 0.6, 0.05, "lower"), improves(0.5, 0.5, 0.0, "higher")
    (True, False)
    """
    if not isfinite(value):
        return False
    if best is None:
        return True
    return value < best - least if better == "lower" else value > best + least
