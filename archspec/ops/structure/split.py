"""split: the channels in equal parts."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    channels, parts = inputs[0][-1], attributes.parts
    if channels % parts:
        yield Problem(
            "not-divisible",
            f"{channels} channels cannot be divided into {parts} equal parts",
            "parts",
            input=0,
            help=f"choose a number of parts that divides {channels}",
        )


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    *sizes, channels = inputs[0]
    part = (*sizes, channels // attributes.parts)
    return tuple(part for _ in range(attributes.parts))


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    return tuple(np.split(call.inputs[0], call.attributes.parts, axis=-1))


OP = Op(
    name="split",
    family="structure",
    summary="The channels in equal parts, each a value of its own.",
    doc=(
        "Part i of `parts` holds channels i * channels / parts up to (i + 1) * channels / parts."
        " It has several results, so it is used with as many names: `left, right: split(2)`.\n\n"
        "Shapes: `[*sizes, channels]` to `parts` times `[*sizes, channels / parts]`."
    ),
    source="Krizhevsky et al. (2012), ImageNet classification with deep convolutional networks, 3.",
    attributes=(Attribute("parts", "int", "number of parts", minimum=1, maximum=1_024),),
    check=check,
    shape=shape,
    reference=reference,
    examples=(
        Example("split(2)", ((5, 4, 6),), ((5, 4, 3), (5, 4, 3))),
        Example("split(3)", ((6,),), ((2,), (2,), (2,))),
        Example("split(2)", ((7, 4),), ((7, 2), (7, 2))),
        Example("split(2)", ((2, 3, 4, 2),), ((2, 3, 4, 1), (2, 3, 4, 1))),
    ),
    keeps_sign=True,
)
