"""conv: discrete convolution (cross-correlation) over all spatial axes."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from archspec.dimensions import Shape
from archspec.dimensions.window import amounts, places
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.convolution._window import check_places, reference_conv
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes, WeightSpec


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    channels = inputs[0][-1]
    for name, size in (("filters", attributes.filters), (None, channels)):
        if size % attributes.groups:
            what = f"{size} filters" if name else f"{size} channels come in, which"
            yield Problem(
                "not-divisible",
                f"{what} cannot be divided into {attributes.groups} groups",
                "groups",
                help=f"choose a number of groups that divides {size}",
            )
    yield from check_places(attributes, inputs)


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    *sizes, _ = inputs[0]
    a = attributes
    padded = amounts(a.padding, tuple(sizes), a.kernel, a.stride, a.dilation)
    return ((*places(tuple(sizes), a.kernel, a.stride, a.dilation, padded), a.filters),)


def weights(attributes: Attributes, inputs: Shapes) -> tuple[WeightSpec, ...]:
    a = attributes
    depth = inputs[0][-1] // a.groups
    field = prod(a.kernel)
    fans = (depth * field, a.filters * field)
    kernel = WeightSpec("kernel", (*a.kernel, depth, a.filters), a.kernel_init, fans)
    return (kernel, WeightSpec("bias", (a.filters,), a.bias_init)) if a.bias else (kernel,)


def macs(attributes: Attributes, inputs: Shapes, outputs: Shapes) -> int:
    depth = inputs[0][-1] // attributes.groups
    return int(prod(outputs[0]) * prod(attributes.kernel) * depth)


def reference(call: Call) -> tuple[Array, ...]:
    return (reference_conv(call),)


OP = Op(
    name="conv",
    family="convolution",
    summary="Convolution over all spatial axes.",
    doc=(
        "Slides `filters` kernels over the input (without flipping them, as both frameworks do) and"
        " adds a bias. One op serves sequences, images and volumes: the rank is that of the value."
        " `groups` splits input channels and filters into that many independent convolutions."
    ),
    source="LeCun et al. (1998), Gradient-based learning applied to document recognition, II.",
    attributes=(
        Attribute("filters", "int", "number of output channels", minimum=1),
        Attribute("kernel", "size", "window size", minimum=1, unit="cells"),
        Attribute("stride", "size", "step of the window", default=1, minimum=1, unit="cells"),
        Attribute("padding", "padding", "cells added around", default="valid", minimum=0),
        Attribute("dilation", "size", "distance of cells in the window", default=1, minimum=1),
        Attribute("groups", "int", "independent groups of channels", default=1, minimum=1),
        Attribute("bias", "bool", "whether a bias is added", default=True),
        Attribute("kernel_init", "initializer", "initial kernel", default="glorot_uniform"),
        Attribute("bias_init", "initializer", "initial bias", default="zeros"),
    ),
    ranks=(1, 2, 3),
    check=check,
    shape=shape,
    weights=weights,
    macs=macs,
    reference=reference,
    examples=(
        Example("conv(6, 5, padding=same)", ((28, 28, 1),), (28, 28, 6)),
        Example("conv(96, 11, stride=4)", ((227, 227, 3),), (55, 55, 96)),
        Example("conv(8, 3, stride=2, padding=half, groups=2)", ((9, 8, 4),), (5, 4, 8)),
        Example("conv(16, 5, dilation=2, bias=false)", ((40, 3),), (32, 16)),
    ),
)
