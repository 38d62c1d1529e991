"""reduce_on_plateau: a smaller rate where the results no longer get better."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes._monitor import MONITOR, improves
from archspec.recipes.record import Better, Schedule, State


def rate(attributes: Attributes, base: float, step: int, steps_per_epoch: int) -> float:
    return base


def react(attributes: Attributes, state: State, rate: float, value: float, better: Better) -> float:
    cooling, waited = state.get("cooling", 0), state.get("waited", 0)
    if cooling > 0:
        cooling, waited = cooling - 1, 0
    if improves(value, state.get("best"), attributes.minimum_change, better):
        state["best"], waited = value, 0
    elif cooling == 0:
        waited += 1
        if waited >= attributes.patience and rate > attributes.minimum:
            rate = max(rate * attributes.factor, attributes.minimum)
            cooling, waited = attributes.cooldown, 0
    state["cooling"], state["waited"] = cooling, waited
    return rate


PART = Schedule(
    name="reduce_on_plateau",
    kind="schedules",
    summary="The rate times a factor, where the results no longer get better.",
    doc=(
        "After each epoch the monitored number is compared with the best so far. It is better when"
        " it differs from it by more than `minimum_change` in the good direction. After `patience`"
        " epochs in a row that were not, the rate becomes max(rate * factor, minimum), the wait"
        " begins anew, and the next `cooldown` epochs do not wait. This is the rule of Keras:"
        " the change is an absolute one, and the drop comes as soon as `patience` epochs have"
        " passed (PyTorch waits for one more). After a warm-up its epochs are not looked at."
    ),
    source="He et al. (2016), Deep residual learning, 3.4: a tenth when the error plateaus.",
    attributes=(
        Attribute(
            "factor",
            "float",
            "factor of each drop",
            default=0.1,
            exclusive_minimum=0,
            exclusive_maximum=1,
        ),
        Attribute("patience", "int", "epochs without anything better", default=10, minimum=1),
        Attribute("minimum", "float", "rate that is not gone below", default=0.0, minimum=0),
        Attribute(
            "minimum_change",
            "float",
            "least change that counts as better",
            default=1e-4,
            minimum=0,
        ),
        Attribute("cooldown", "int", "epochs after a drop that do not wait", default=0, minimum=0),
        MONITOR,
    ),
    example="schedule: reduce_on_plateau(factor=0.1, patience=5)",
    rate=rate,
    react=react,
)
