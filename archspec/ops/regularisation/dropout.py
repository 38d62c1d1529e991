"""dropout: drops single values at random in training."""

from __future__ import annotations

from archspec.ops.op import Example, Op
from archspec.ops.regularisation._identity import identity, rate, same_shape

OP = Op(
    name="dropout",
    family="regularisation",
    summary="Drops values at random in training.",
    doc=(
        "In training each value becomes 0 with chance `rate`, and the others are divided by 1 -"
        " rate, so that the mean stays. In inference the values pass unchanged."
    ),
    source="Srivastava et al. (2014), Dropout, 4 and 10 (the factor at training time).",
    attributes=(rate("chance that a value is dropped"),),
    shape=same_shape,
    reference=identity,
    examples=(
        Example("dropout(0.5)", ((84,),), (84,)),
        Example("dropout(0.1)", ((4, 4, 3),), (4, 4, 3)),
    ),
    drops=lambda attributes, shape: (attributes["rate"], shape),
    inert=True,
    keeps_sign=True,
)
