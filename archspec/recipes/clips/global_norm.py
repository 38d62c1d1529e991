"""global_norm: the gradients of all weights as one vector, no longer than a bound."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array, Clip


def clip(attributes: Attributes, gradients: dict[str, Array]) -> dict[str, Array]:
    length = sum(float((one**2).sum()) for one in gradients.values()) ** 0.5
    factor = min(1.0, attributes.limit / length) if length else 1.0
    return {name: factor * one for name, one in gradients.items()}


PART = Clip(
    name="global_norm",
    kind="clips",
    summary="All gradients together, as one vector, no longer than a limit.",
    doc=(
        "g * min(1, limit / |g|), where |g| is the root of the sum of squares over all weights."
        " The terms of `l2` are in g; what `decoupled` takes away is not. Nothing is added to |g|;"
        " PyTorch's own function divides by |g| + 1e-6."
    ),
    source="Pascanu et al. (2013), On the difficulty of training recurrent neural networks, 3.2.",
    attributes=(Attribute("limit", "float", "greatest length", exclusive_minimum=0),),
    example="clip: global_norm(1.0)",
    clip=clip,
)
