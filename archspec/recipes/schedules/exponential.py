"""exponential: a factor spread evenly over all steps."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Schedule


def rate(attributes: Attributes, base: float, step: int, steps_per_epoch: int) -> float:
    found: float = base * attributes.factor ** (step / steps_per_epoch / attributes.epochs)
    return found


PART = Schedule(
    name="exponential",
    kind="schedules",
    summary="The rate times a factor for every so many epochs, falling a little at each step.",
    doc="rate * factor ** (t / epochs) with t = step / steps per epoch: it falls at each step.",
    source="Szegedy et al. (2016), Rethinking the Inception architecture, 8: .94 per two epochs.",
    attributes=(
        Attribute("factor", "float", "what is left of the rate", exclusive_minimum=0),
        Attribute(
            "epochs",
            "float",
            "epochs after which that is left",
            default=1.0,
            exclusive_minimum=0,
        ),
    ),
    example="schedule: exponential(factor=0.94, epochs=2)",
    rate=rate,
)
