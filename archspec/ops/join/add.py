"""add: the sum of several values of one shape."""

from __future__ import annotations

from functools import partial, reduce

from archspec.ops.join._shapes import check_equal, same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (reduce(np.add, call.inputs),)


OP = Op(
    name="add",
    family="join",
    summary="The sum of its inputs.",
    doc="Adds all inputs element by element. They must have equal shapes: nothing is broadcast.",
    source="He et al. (2015), Deep residual learning for image recognition, 3.2.",
    attributes=(),
    inputs=(1, None),
    check=partial(check_equal, "add"),
    shape=same_shape,
    reference=reference,
    examples=(
        Example("add", ((4, 5, 3), (4, 5, 3)), (4, 5, 3)),
        Example("add", ((7,), (7,), (7,)), (7,)),
    ),
    join=True,
    commutative=True,
    keeps_sign=True,
)
