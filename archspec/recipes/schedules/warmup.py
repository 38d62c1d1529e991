"""warmup: a straight way up to the rate, before another schedule."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Schedule


def rate(attributes: Attributes, base: float, step: int, steps_per_epoch: int) -> float:
    done = min(step / steps_per_epoch / attributes.epochs, 1.0)
    found: float = base * (attributes.start + (1 - attributes.start) * done)
    return found


PART = Schedule(
    name="warmup",
    kind="schedules",
    summary="A straight way up to the rate, then another schedule.",
    doc=(
        "rate * (start + (1 - start) * t / epochs) with t = step / steps per epoch, during `epochs`"
        " epochs; then the schedule `then`, whose epochs count from there: `warmup(5,"
        " then=piecewise(epochs=[30], …))` changes at epoch 35. The rate that is reached is the one"
        " with which `then` begins. With `start` 0 the very first step does not move a weight."
    ),
    source="Goyal et al. (2017), Accurate, large minibatch SGD, 2.2.",
    attributes=(
        Attribute("epochs", "int", "length, in epochs", minimum=1),
        Attribute(
            "start",
            "float",
            "part of the rate at the first step",
            default=0.0,
            minimum=0,
            maximum=1,
        ),
        Attribute("then", "part", "schedule that follows", default="constant"),
    ),
    example="schedule: warmup(5, then=cosine)",
    rate=rate,
    bounds="epochs",
    leads=True,
)
