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
    help = "bring both to the same number of axes, such as with `flatten` or `reshape`"
    return Problem("shape-mismatch", message, input=number, help=help)


def differ(rule: str, rank: int, wrong: Sequence[int], number: int) -> Problem:
    """Input `number` differs on the axes `wrong`, which are named."""
    names = AXES.get(rank) or tuple(f"axis {axis}" for axis in range(rank))
    *most, last = [names[axis] for axis in wrong]
    axes = f"{', '.join(most)} and {last}" if most else last
    message = f"{rule}, and these differ in {axes}"
    return Problem("shape-mismatch", message, input=number, help=_remedy(rank, wrong))


def _remedy(rank: int, wrong: Sequence[int]) -> str:
    """What makes the sizes on the axes `wrong` equal."""
    channels = "end one of them with a `conv(…, 1)` that has as many channels as the other"
    spatial = "give both the same strides and paddings"
    if list(wrong) == [rank - 1]:
        return channels
    return f"{spatial}, and {channels}" if rank - 1 in wrong else spatial
