"""l2: weight decay as a term of the loss."""

from __future__ import annotations

from archspec.ops.attributes import Attributes
from archspec.recipes.decays._shared import ATTRIBUTES, no_shrink
from archspec.recipes.record import Array, Decay


def loss(attributes: Attributes, weight: Array) -> float:
    return float(attributes.rate / 2 * (weight**2).sum())


def gradient(attributes: Attributes, weight: Array) -> Array:
    found: Array = attributes.rate * weight
    return found


PART = Decay(
    name="l2",
    kind="decays",
    summary="Half the rate times the sum of squared weights, in the loss.",
    doc=(
        "Adds rate / 2 * sum(w ** 2) to the loss, and so rate * w to the gradient, which the"
        " optimizer treats like the rest and clipping sees. This is what the papers and PyTorch's"
        " `weight_decay` mean; Keras' `regularizers.L2(a)` has no half in it, so a = rate / 2."
    ),
    source="Krizhevsky et al. (2012), ImageNet classification, 5.",
    attributes=ATTRIBUTES,
    example="weight_decay: l2(5e-4, on=kernels)",
    loss=loss,
    gradient=gradient,
    shrink=no_shrink,
    decoupled=False,
)
