"""cosine: down to a last rate along half a wave."""

from __future__ import annotations

import math

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Schedule


def rate(attributes: Attributes, base: float, step: int, steps_per_epoch: int) -> float:
    done = min(step / steps_per_epoch / attributes.epochs, 1.0)
    end: float = attributes.end
    return end + (base - end) * 0.5 * (1 + math.cos(math.pi * done))


PART = Schedule(
    name="cosine",
    kind="schedules",
    summary="From the rate down to a last one, along half a cosine wave.",
    doc=(
        "end + (rate - end) * (1 + cos(pi * t / epochs)) / 2 with t = step / steps per epoch, and"
        " `end` from there on. Without `epochs` it takes all epochs, those of a warm-up before it"
        " left out. There are no restarts."
    ),
    source="Loshchilov and Hutter (2017), SGDR, 3, equation 5.",
    attributes=(
        Attribute(
            "epochs",
            "float",
            "length, in epochs; all that are left where it is not given",
            default=None,
            exclusive_minimum=0,
        ),
        Attribute("end", "float", "last rate", default=0.0, minimum=0),
    ),
    example="schedule: cosine",
    rate=rate,
    length="epochs",
    bounds="epochs",
)
