"""maximum: the largest of several values of one shape."""

from __future__ import annotations

from functools import partial, reduce

from archspec.ops.join._shapes import check_equal, same_shape
from archspec.ops.op import Array, Call, Example, Op


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (reduce(np.maximum, call.inputs),)


OP = Op(
    name="maximum",
    family="join",
    summary="The largest of its inputs, element by element.",
    doc=(
        "Takes the largest input for each element (maxout). The shapes must be equal: nothing is"
        " broadcast."
    ),
    source="Goodfellow et al. (2013), Maxout networks, 2.",
    attributes=(),
    inputs=(1, None),
    check=partial(check_equal, "maximum"),
    shape=same_shape,
    reference=reference,
    examples=(
        Example("maximum", ((4, 5, 3), (4, 5, 3)), (4, 5, 3)),
        Example("maximum", ((7,), (7,), (7,)), (7,)),
    ),
    join=True,
    commutative=True,
    keeps_sign=True,
)
