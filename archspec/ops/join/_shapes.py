"""What joins share: the check of their inputs' shapes, in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archspec.dimensions import Shape, show
from archspec.dimensions.shape import AXES
from archspec.ops.attributes import Attributes
from archspec.ops.op import Problem, Shapes


def same_shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    """The output has the shape of the first input."""
    return (inputs[0],)


def check_equal(op: str, attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    """All inputs must have the shape of the first."""
    first = inputs[0]
    for number, other in enumerate(inputs[1:], start=1):
        if len(first) != len(other):
            yield other_rank(f"{op} needs equal shapes", first, other, number)
        elif first != other:
            wrong = [axis for axis, size in enumerate(first) if size != other[axis]]
            yield differ(f"{op} needs equal shapes", len(first), wrong, number)


def other_rank(rule: str, first: Shape, other: Shape, number: int) -> Problem:
    """Input `number` has another number of axes than the first."""
    message = f"{rule}, and {show(first)} has another number of axes than {show(other)}"
    return Problem("shape-mismatch", message, input=number)


def differ(rule: str, rank: int, wrong: Sequence[int], number: int) -> Problem:
    """Input `number` differs on the axes `wrong`, which are named."""
    names = AXES.get(rank) or tuple(f"axis {axis}" for axis in range(rank))
    *most, last = [names[axis] for axis in wrong]
    axes = f"{', '.join(most)} and {last}" if most else last
    return Problem("shape-mismatch", f"{rule}, and these differ in {axes}", input=number)
