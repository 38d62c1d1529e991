"""step: a factor at regular epochs."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Schedule


def rate(attributes: Attributes, base: float, step: int, steps_per_epoch: int) -> float:
    found: float = base * attributes.factor ** (step // steps_per_epoch // attributes.epochs)
    return found


PART = Schedule(
    name="step",
    kind="schedules",
    summary="The rate times a factor, every so many epochs.",
    doc="rate * factor ** (epoch // epochs), epochs counted from 0; constant inside an epoch.",
    source="He et al. (2016), Deep residual learning, 3.4: a tenth at each drop.",
    attributes=(
        Attribute("epochs", "int", "epochs from one drop to the next", minimum=1),
        Attribute("factor", "float", "factor of each drop", default=0.1, exclusive_minimum=0),
    ),
    example="schedule: step(epochs=30, factor=0.1)",
    rate=rate,
    bounds="epochs",
)
