"""polynomial: down to a last rate along a power of what is left."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Schedule


def rate(attributes: Attributes, base: float, step: int, steps_per_epoch: int) -> float:
    left = 1 - min(step / steps_per_epoch / attributes.epochs, 1.0)
    found: float = attributes.end + (base - attributes.end) * left**attributes.power
    return found


PART = Schedule(
    name="polynomial",
    kind="schedules",
    summary="From the rate down to a last one, along a power of what is left of the training.",
    doc=(
        "end + (rate - end) * (1 - t / epochs) ** power with t = step / steps per epoch, and `end`"
        " from there on. Without `epochs` it takes all epochs, those of a warm-up before it left"
        " out. A power of 1 is a straight line."
    ),
    source="Chen et al. (2018), DeepLab, 4.1: power 0.9.",
    attributes=(
        Attribute(
            "epochs",
            "float",
            "length, in epochs; all that are left where it is not given",
            default=None,
            exclusive_minimum=0,
        ),
        Attribute("end", "float", "last rate", default=0.0, minimum=0),
        Attribute("power", "float", "power", default=1.0, exclusive_minimum=0),
    ),
    example="schedule: polynomial(end=0.0001, power=2)",
    rate=rate,
    length="epochs",
    bounds="epochs",
)
