"""spatial_dropout: drops whole channels at random in training."""

from __future__ import annotations

from archspec.ops.op import Example, Op
from archspec.ops.regularisation._identity import identity, rate, same_shape

OP = Op(
    name="spatial_dropout",
    family="regularisation",
    summary="Drops whole channels at random in training.",
    doc=(
        "In training each channel of each sample becomes 0 everywhere with chance `rate`, and"
        " the others are divided by 1 - rate. In inference the values pass unchanged."
    ),
    source="Tompson et al. (2015), Efficient object localization, 3.2.",
    attributes=(rate("chance that a channel is dropped"),),
    ranks=(1, 2, 3),
    shape=same_shape,
    reference=identity,
    examples=(
        Example("spatial_dropout(0.2)", ((4, 4, 3),), (4, 4, 3)),
        Example("spatial_dropout(0.5)", ((9, 2),), (9, 2)),
    ),
    drops=lambda attributes, shape: (attributes["rate"], (*[1] * (len(shape) - 1), shape[-1])),
    inert=True,
    keeps_sign=True,
)
