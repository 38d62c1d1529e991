"""piecewise: rates by epoch, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Problem
from archspec.recipes.record import Schedule


def rate(attributes: Attributes, base: float, step: int, steps_per_epoch: int) -> float:
    epoch = step // steps_per_epoch
    found: float = attributes.values[sum(epoch >= one for one in attributes.epochs)]
    return found


def start(attributes: Attributes) -> float:
    found: float = attributes.values[0]
    return found


def check(attributes: Attributes) -> Iterable[Problem]:
    epochs, values = attributes.epochs, attributes.values
    if len(values) != len(epochs) + 1:
        message = f"{len(epochs)} epochs part the training into {len(epochs) + 1} pieces, and"
        yield Problem("schedule-mismatch", f"{message} there are {len(values)} values", "values")
    if any(after <= before for before, after in pairwise(epochs)):
        yield Problem("schedule-mismatch", "the epochs must stand in order, each once", "epochs")


PART = Schedule(
    name="piecewise",
    kind="schedules",
    summary="A table of rates by epoch.",
    doc=(
        "values[0] before epoch epochs[0], values[1] from there until epochs[1], and so on: one"
        " value more than epochs. Epochs count from 0, and `epochs=[2]` gives two epochs"
        " with the first value. The values are rates, not factors: the optimizer's own rate need"
        " not be given, and must equal the first value if it is."
    ),
    source="LeCun et al. (1998), Gradient-based learning, III.B: rates of LeNet-5 by pass.",
    attributes=(
        Attribute("epochs", "sizes", "epochs that begin with another rate, in order", minimum=1),
        Attribute("values", "floats", "rates, one more than epochs", minimum=0),
    ),
    example="schedule: piecewise(epochs=[2, 5, 9], values=[5e-4, 2e-4, 5e-5, 1e-5])",
    rate=rate,
    start=start,
    bounds="epochs",
    check=check,
)
