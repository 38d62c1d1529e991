"""crop: cuts cells off the edges."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.dimensions import Shape, show
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    found = shape(attributes, inputs)[0]
    if any(size < 1 for size in found[:-1]):
        yield Problem(
            "size-not-positive",
            f"cropping {show(inputs[0])} would leave {show(found)}",
            "amount",
            input=0,
            help="crop less; at least one cell must stay on every axis",
        )


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    *sizes, channels = inputs[0]
    both = zip(sizes, attributes.amount, strict=True)
    return ((*(size - low - high for size, (low, high) in both), channels),)


def reference(call: Call) -> tuple[Array, ...]:
    x = call.inputs[0]
    both = zip(x.shape[1:-1], call.attributes.amount, strict=True)
    return (x[(slice(None), *(slice(low, size - high) for size, (low, high) in both))],)


OP = Op(
    name="crop",
    family="structure",
    summary="Cuts cells off the edges of the spatial axes.",
    doc=(
        "Removes `amount` cells before and after each spatial axis, in every channel. A number"
        " removes as many on all sides, a list has a number or [before, after] for each axis.\n\n"
        "Shapes: `[*sizes, channels]` to `[*smaller, channels]`, each size - before - after."
    ),
    source="Ronneberger et al. (2015), U-Net, section 2.",
    attributes=(
        Attribute("amount", "pairs", "cells removed before and after each axis", minimum=0),
    ),
    ranks=(1, 2, 3),
    check=check,
    shape=shape,
    reference=reference,
    examples=(
        Example("crop(1)", ((5, 4, 3),), (3, 2, 3)),
        Example("crop([[0, 1], 2])", ((4, 7, 2),), (3, 3, 2)),
        Example("crop([[3, 0]])", ((4, 2),), (1, 2)),
        Example("crop([0, 1, [1, 2]])", ((2, 3, 4, 2),), (2, 1, 1, 2)),
    ),
    keeps_sign=True,
)
