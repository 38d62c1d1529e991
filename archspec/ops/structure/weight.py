"""weight: a learned value."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes, WeightSpec


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    if not attributes.shape:
        yield Problem("out-of-range", "a shape needs at least one size", "shape")


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return (tuple(attributes.shape),)


def weights(attributes: Attributes, inputs: Shapes) -> tuple[WeightSpec, ...]:
    *before, last = attributes.shape
    fans = (before[-1] if before else 1, last)
    return (WeightSpec("value", tuple(attributes.shape), attributes.init, fans),)


def reference(call: Call) -> tuple[Array, ...]:
    return (call.weights["value"][None],)


OP = Op(
    name="weight",
    family="structure",
    summary="A learned value that depends on no input.",
    doc=(
        "A tensor that training changes, the same for every sample: a class token, positions, a"
        " factor for each channel. It begins a chain and is joined with other values. For the"
        " scaled initialisers fan out is the last size and fan in the one before it, or 1.\n\n"
        "Shapes: none to `shape`. Its one weight is called `value`; the reference gives it a batch"
        " axis of size 1, which stands for every sample."
    ),
    source="Devlin et al. (2019), BERT, section 3; Dosovitskiy et al. (2021), ViT, section 3.1.",
    attributes=(
        Attribute("shape", "sizes", "the sizes, without a batch axis", minimum=1),
        Attribute("init", "initializer", "initial values", default="zeros"),
    ),
    inputs=(0, 0),
    check=check,
    shape=shape,
    weights=weights,
    reference=reference,
    examples=(
        Example("weight([4])", (), (4,)),
        Example("weight([1, 8], init=normal(stddev=0.02))", (), (1, 8)),
        Example("weight([5, 4, 3], init=ones)", (), (5, 4, 3)),
    ),
)
