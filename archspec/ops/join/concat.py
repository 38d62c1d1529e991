"""concat: several values side by side, along the channels."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.dimensions import Shape
from archspec.ops.attributes import Attributes
from archspec.ops.join._shapes import differ, other_rank
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes

RULE = "concat needs equal shapes except for the channels"


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    first = inputs[0]
    for number, other in enumerate(inputs[1:], start=1):
        if len(first) != len(other):
            yield other_rank(RULE, first, other, number)
            continue
        wrong = [axis for axis in range(len(first) - 1) if first[axis] != other[axis]]
        if wrong:
            yield differ(RULE, len(first), wrong, number)


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return ((*inputs[0][:-1], sum(one[-1] for one in inputs)),)


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return (np.concatenate(call.inputs, axis=-1),)


OP = Op(
    name="concat",
    family="join",
    summary="Its inputs side by side, along the channels.",
    doc=(
        "Puts the channels of all inputs one behind the other, in the order of the inputs. All"
        " other sizes must be equal."
    ),
    source="Szegedy et al. (2015), Going deeper with convolutions, 4.",
    attributes=(),
    inputs=(1, None),
    check=check,
    shape=shape,
    reference=reference,
    examples=(
        Example("concat", ((4, 5, 3), (4, 5, 2)), (4, 5, 5)),
        Example("concat", ((7,), (1,), (2,)), (10,)),
    ),
    join=True,
    keeps_sign=True,
)
