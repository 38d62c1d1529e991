"""stochastic_depth: drops whole samples of a branch at random in training."""

from __future__ import annotations

from archspec.ops.op import Example, Op
from archspec.ops.regularisation._identity import identity, rate, same_shape

OP = Op(
    name="stochastic_depth",
    family="regularisation",
    summary="Drops a branch for some samples in training.",
    doc=(
        "In training each sample becomes 0 as a whole with chance `rate`, and the others are"
        " divided by 1 - rate; at the end of a residual branch this skips the branch. In"
        " inference the values pass unchanged. (The paper scales at inference instead, which is"
        " the same on average.)"
    ),
    source="Huang et al. (2016), Deep networks with stochastic depth, 3.",
    attributes=(rate("chance that a sample is dropped"),),
    shape=same_shape,
    reference=identity,
    examples=(
        Example("stochastic_depth(0.2)", ((4, 4, 3),), (4, 4, 3)),
        Example("stochastic_depth(0.1)", ((5,),), (5,)),
    ),
    drops=lambda attributes, shape: (attributes["rate"], (1,) * len(shape)),
    inert=True,
    keeps_sign=True,
)
