"""pad: cells of one value around a value."""

from __future__ import annotations

from archspec.dimensions import Shape
from archspec.ops import windows
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call, Example, Op, Shapes


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    *sizes, channels = inputs[0]
    both = zip(sizes, attributes.amount, strict=True)
    return ((*(size + low + high for size, (low, high) in both), channels),)


def reference(call: Call) -> tuple[Array, ...]:
    a = call.attributes
    return (windows.pad(call.inputs[0], a.amount, a.value),)


OP = Op(
    name="pad",
    family="structure",
    summary="Adds cells of a constant on the spatial axes.",
    doc=(
        "Adds `amount` cells of `value` before and after each spatial axis, in every channel. A"
        " number adds as many on all sides, a list has a number or [before, after] for each"
        " axis.\n\n"
        "Shapes: `[*sizes, channels]` to `[*larger, channels]`, each size + before + after."
    ),
    source="Goodfellow et al. (2016), Deep learning, section 9.5.",
    attributes=(
        Attribute("amount", "pairs", "cells added before and after each axis", minimum=0),
        Attribute("value", "float", "what the added cells hold", default=0.0),
    ),
    ranks=(1, 2, 3),
    shape=shape,
    reference=reference,
    examples=(
        Example("pad(1)", ((5, 4, 3),), (7, 6, 3)),
        Example("pad([[0, 1], 2], value=-1.5)", ((4, 5, 2),), (5, 9, 2)),
        Example("pad([[3, 0]])", ((4, 2),), (7, 2)),
        Example("pad([0, 1, [1, 2]])", ((2, 3, 4, 2),), (2, 5, 7, 2)),
    ),
)
