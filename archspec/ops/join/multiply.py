"""multiply: the product of several values, small ones stretched over large ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

from archspec.dimensions import Shape
from archspec.ops.attributes import Attributes
from archspec.ops.join._shapes import differ
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    rank = max(len(one) for one in inputs)
    aligned = [(1,) * (rank - len(one)) + tuple(one) for one in inputs]
    return (tuple(_stretched(sizes) for sizes in zip(*aligned, strict=True)),)


def _stretched(sizes: tuple[Any, ...]) -> Any:
    return next((size for size in sizes if size != 1), 1)


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    (out,) = shape(attributes, inputs)
    for number, other in enumerate(inputs):
        missing = len(out) - len(other)
        wrong = [
            missing + axis
            for axis, size in enumerate(other)
            if size not in (1, out[missing + axis])
        ]
        if wrong:
            yield differ("multiply needs sizes that are equal or 1", len(out), wrong, number)


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    rank = max(one.ndim for one in call.inputs)
    aligned = [
        one.reshape(len(one), *(1,) * (rank - one.ndim), *one.shape[1:]) for one in call.inputs
    ]
    return (reduce(np.multiply, aligned),)


OP = Op(
    name="multiply",
    family="join",
    summary="The product of its inputs.",
    doc=(
        "Multiplies all inputs element by element. An axis of size 1 is stretched to the size that"
        " the others have, and missing leading axes count as 1, so that `[channels]` or"
        " `[1, 1, channels]` weighs the channels of an image."
    ),
    source="Hu et al. (2018), Squeeze-and-excitation networks, 3.2.",
    attributes=(),
    inputs=(1, None),
    check=check,
    shape=shape,
    reference=reference,
    examples=(
        Example("multiply", ((4, 5, 3), (1, 1, 3)), (4, 5, 3)),
        Example("multiply", ((3,), (4, 5, 3)), (4, 5, 3)),
        Example("multiply", ((4, 1, 3), (1, 5, 1)), (4, 5, 3)),
    ),
    join=True,
    commutative=True,
    keeps_sign=True,
)
