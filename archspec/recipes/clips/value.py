"""value: each number of a gradient within bounds."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array, Clip


def clip(attributes: Attributes, gradients: dict[str, Array]) -> dict[str, Array]:
    import numpy as np

    limit = attributes.limit
    return {name: np.clip(one, -limit, limit) for name, one in gradients.items()}


PART = Clip(
    name="value",
    kind="clips",
    summary="Each number of each gradient within a limit on both sides.",
    doc="max(-limit, min(limit, g)), number by number. The terms of `l2` are in g.",
    source="Mikolov (2012), Statistical language models based on neural networks, 3.2.2.",
    attributes=(Attribute("limit", "float", "greatest absolute value", exclusive_minimum=0),),
    example="clip: value(0.5)",
    clip=clip,
)
