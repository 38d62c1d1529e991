"""separable_conv: a depthwise convolution, then a 1 x 1 convolution."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.dimensions import Shape
from archspec.dimensions.window import outputs
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Example, Op, Problem, Shapes
from archspec.ops.windows import check_fits


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    a = attributes
    yield from check_fits("kernel", a.padding, inputs[0], a.kernel, a.stride, a.dilation)


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    a, sizes = attributes, tuple(inputs[0][:-1])
    return ((*outputs(a.padding, sizes, a.kernel, a.stride, a.dilation), a.filters),)


OP = Op(
    name="separable_conv",
    family="convolution",
    summary="A depthwise convolution, then a 1 x 1 convolution over the channels.",
    doc=(
        "First every channel is convolved alone (`depthwise_conv`, without a bias), then a"
        " convolution with a window of one cell mixes the channels and adds the only bias. There"
        " is no activation between the two.\n\n"
        "Shapes: `[*sizes, channels]` to `[*places, filters]`, with the places of `conv`."
        " Weights: those of the two parts, under `depthwise_conv` and `conv`."
    ),
    source="Chollet (2017), Xception: deep learning with depthwise separable convolutions, 1.",
    attributes=(
        Attribute("filters", "int", "number of output channels", minimum=1),
        Attribute("kernel", "size", "window size", minimum=1, unit="cells"),
        Attribute("stride", "size", "step of the window", default=1, minimum=1, unit="cells"),
        Attribute("padding", "padding", "cells added around", default="valid", minimum=0),
        Attribute("dilation", "size", "distance of cells in the window", default=1, minimum=1),
        Attribute("multiplier", "int", "channels between for each input one", default=1, minimum=1),
        Attribute("bias", "bool", "whether a bias is added at the end", default=True),
    ),
    ranks=(1, 2, 3),
    check=check,
    shape=shape,
    reference=None,
    expansion="""
block separable_conv(
  filters: int,
  kernel: size,
  stride: size = 1,
  padding: padding = valid,
  dilation: size = 1,
  multiplier: int = 1,
  bias: bool = true,
) {
  depthwise_conv(
    kernel,
    stride=stride,
    padding=padding,
    dilation=dilation,
    multiplier=multiplier,
    bias=false,
  )
    -> conv(filters, 1, bias=bias)
}
""",
    examples=(
        Example("separable_conv(8, 3, padding=same)", ((8, 7, 4),), (8, 7, 8)),
        Example("separable_conv(6, 3, stride=2, padding=same)", ((8, 7, 3),), (4, 4, 6)),
        Example("separable_conv(4, 5, dilation=2, multiplier=2)", ((12, 3),), (4, 4)),
        Example("separable_conv(4, 2, stride=3, bias=false)", ((4, 5, 8, 2),), (1, 2, 3, 4)),
    ),
)
