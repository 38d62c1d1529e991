"""norm: the gradient of each weight, no longer than a bound."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array, Clip


def _clipped(limit: float, gradient: Array) -> Array:
    length = float((gradient**2).sum()) ** 0.5
    return gradient * (min(1.0, limit / length) if length else 1.0)


def clip(attributes: Attributes, gradients: dict[str, Array]) -> dict[str, Array]:
    return {name: _clipped(attributes.limit, one) for name, one in gradients.items()}


PART = Clip(
    name="norm",
    kind="clips",
    summary="The gradient of each weight by itself no longer than a limit.",
    doc=(
        "g * min(1, limit / |g|) for each weight (each kernel, each bias), where |g| is the root"
        " of the sum of its own squares. The terms of `l2` are in g."
    ),
    source="Pascanu et al. (2013), On the difficulty of training recurrent neural networks, 3.2.",
    attributes=(Attribute("limit", "float", "greatest length", exclusive_minimum=0),),
    example="clip: norm(1.0)",
    clip=clip,
)
