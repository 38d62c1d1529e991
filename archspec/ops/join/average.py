"""average: the mean of several values of one shape."""

from __future__ import annotations

from functools import partial, reduce

from archspec.ops.join._shapes import check_equal, same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (reduce(np.add, call.inputs) / len(call.inputs),)


OP = Op(
    name="average",
    family="join",
    summary="The mean of its inputs.",
    doc=(
        "Adds all inputs element by element and divides by their number. The shapes must be equal:"
        " nothing is broadcast."
    ),
    source="Huang et al. (2017), Multi-scale dense networks; any ensemble of branches.",
    attributes=(),
    inputs=(1, None),
    check=partial(check_equal, "average"),
    shape=same_shape,
    reference=reference,
    examples=(
        Example("average", ((4, 5, 3), (4, 5, 3)), (4, 5, 3)),
        Example("average", ((7,), (7,), (7,)), (7,)),
    ),
    join=True,
    commutative=True,
    keeps_sign=True,
)
