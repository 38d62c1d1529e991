"""depthwise_conv: a convolution for each channel alone."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from archspec.dimensions import Shape
from archspec.dimensions.window import amounts, outputs
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.biases import check_bias
from archspec.ops.op import Array, Call, Example, Op, Problem, Shapes, WeightSpec
from archspec.ops.windows import check_fits, pad, windows


def check(attributes: Attributes, inputs: Shapes) -> Iterator[Problem]:
    a = attributes
    yield from check_fits("kernel", a.padding, inputs[0], a.kernel, a.stride, a.dilation)
    yield from check_bias(attributes, inputs)


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    a, sizes = attributes, tuple(inputs[0][:-1])
    found = outputs(a.padding, sizes, a.kernel, a.stride, a.dilation)
    return ((*found, inputs[0][-1] * a.multiplier),)


def weights(attributes: Attributes, inputs: Shapes) -> tuple[WeightSpec, ...]:
    a, channels = attributes, inputs[0][-1]
    field, filters = prod(a.kernel), channels * a.multiplier
    fans = (field, filters * field)
    kernel = WeightSpec("kernel", (*a.kernel, channels, a.multiplier), a.kernel_init, fans)
    return (kernel, WeightSpec("bias", (filters,), a.bias_init)) if a.bias else (kernel,)


def macs(attributes: Attributes, inputs: Shapes, outputs: Shapes) -> int:
    return int(prod(outputs[0]) * prod(attributes.kernel))


def reference(call: Call) -> tuple[Array, ...]:
    import numpy as np

    a, x = call.attributes, call.inputs[0]
    rank, channels = len(a.kernel), x.shape[-1]
    padded = amounts(a.padding, x.shape[1:-1], a.kernel, a.stride, a.dilation)
    seen = windows(pad(x, padded), a.kernel, a.stride, a.dilation)
    by_channel = np.moveaxis(seen, rank + 1, 0).reshape(channels, -1, prod(a.kernel))
    kernel = call.weights["kernel"].reshape(-1, channels, a.multiplier)
    found = by_channel @ np.moveaxis(kernel, 1, 0)
    out = np.moveaxis(found, 0, 1).reshape(*seen.shape[: rank + 1], channels * a.multiplier)
    return (out + call.weights["bias"] if a.bias else out,)


OP = Op(
    name="depthwise_conv",
    family="convolution",
    summary="Convolution of every channel with kernels of its own.",
    doc=(
        "Each input channel c is convolved, alone, with `multiplier` kernels; kernel m of channel c"
        " makes output channel c * multiplier + m. It computes what `conv` with as many groups as"
        " channels does, and its initial weights have the same distribution.\n\n"
        "Shapes: `[*sizes, channels]` to `[*places, channels * multiplier]`, with the places of"
        " `conv`. Kernel: (*window, channels, multiplier)."
    ),
    source="Howard et al. (2017), MobileNets, section 3.1.",
    attributes=(
        Attribute("kernel", "size", "window size", minimum=1, unit="cells"),
        Attribute("stride", "size", "step of the window", default=1, minimum=1, unit="cells"),
        Attribute("padding", "padding", "cells added around", default="valid", minimum=0),
        Attribute("dilation", "size", "distance of cells in the window", default=1, minimum=1),
        Attribute("multiplier", "int", "output channels for each input one", default=1, minimum=1),
        Attribute("bias", "bool", "whether a bias is added", default=True),
        Attribute("kernel_init", "initializer", "initial kernel", default="glorot_uniform"),
        Attribute("bias_init", "initializer", "initial bias", default="zeros", needs="bias"),
    ),
    ranks=(1, 2, 3),
    check=check,
    shape=shape,
    weights=weights,
    macs=macs,
    reference=reference,
    examples=(
        Example("depthwise_conv(3, padding=same)", ((8, 7, 4),), (8, 7, 4)),
        Example("depthwise_conv(3, stride=2, padding=same)", ((8, 7, 3),), (4, 4, 3)),
        Example("depthwise_conv(3, stride=2, padding=half, multiplier=2)", ((9, 8, 3),), (5, 4, 6)),
        Example("depthwise_conv(5, dilation=2, bias=false)", ((12, 3),), (4, 3)),
        Example("depthwise_conv(2, stride=3)", ((4, 5, 8, 2),), (1, 2, 3, 2)),
    ),
)
