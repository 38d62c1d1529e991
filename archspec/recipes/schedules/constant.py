"""constant: the same rate throughout."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.record import Schedule


def rate(attributes: Attributes, base: float, step: int, steps_per_epoch: int) -> float:
    return base


PART = Schedule(
    name="constant",
    kind="schedules",
    summary="The optimizer's rate throughout.",
    doc="The learning rate of the optimizer, at every step. This is what no `schedule` means.",
    source="Robbins and Monro (1951), A stochastic approximation method, has the ones that fall.",
    attributes=(),
    example="schedule: constant",
    rate=rate,
)
