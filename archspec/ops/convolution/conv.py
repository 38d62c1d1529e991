"""conv: discrete convolution (cross-correlation) over all spatial axes."""

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
    a, channels = attributes, inputs[0][-1]
    for name, size in (("filters", a.filters), (None, channels)):
        if size % a.groups:
            what = f"{size} filters" if name else f"{size} channels come in, which"
            yield Problem(
                "not-divisible",
                f"{what} cannot be divided into {a.groups} groups",
                "groups",
                input=None if name else 0,
                help=f"choose a number of groups that divides {size}",
            )
    yield from check_fits("kernel", a.padding, inputs[0], a.kernel, a.stride, a.dilation)
    yield from check_bias(attributes, inputs)


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    a, sizes = attributes, tuple(inputs[0][:-1])
    return ((*outputs(a.padding, sizes, a.kernel, a.stride, a.dilation), a.filters),)


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
    import numpy as np

    a, x, kernel = call.attributes, call.inputs[0], call.weights["kernel"]
    padded = amounts(a.padding, x.shape[1:-1], a.kernel, a.stride, a.dilation)
    seen = windows(pad(x, padded), a.kernel, a.stride, a.dilation)
    rank, depth = len(a.kernel), kernel.shape[-2]
    # Channels last, in the order of the kernel, so that large kernels need no copy.
    rows = np.moveaxis(seen, rank + 1, -1)
    per_group = kernel.shape[-1] // a.groups
    parts = []
    for g in range(a.groups):
        part = rows[..., g * depth : (g + 1) * depth]
        flat = part.reshape(*part.shape[: rank + 1], depth * prod(a.kernel))
        parts.append(flat @ kernel[..., g * per_group : (g + 1) * per_group].reshape(-1, per_group))
    out = np.concatenate(parts, axis=-1)
    return (out + call.weights["bias"] if a.bias else out,)


OP = Op(
    name="conv",
    family="convolution",
    summary="Convolution over all spatial axes.",
    doc=(
        "Slides `filters` kernels over the input (without flipping them, as both frameworks do) and"
        " adds a bias: the output at place p is the sum, over all cells c of the window and all"
        " input channels, of the padded input at p * stride + c * dilation, times the kernel at c."
        " One op serves sequences, images and volumes: the rank is that of the value."
        " `groups` splits input channels and filters into that many independent convolutions.\n\n"
        "Shapes: `[*sizes, channels]` to `[*places, filters]`, where an axis of n cells has"
        " (n + padding before and after - dilation * (kernel - 1) - 1) // stride + 1 places."
        " Kernel: (*window, channels / groups, filters)."
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
        Attribute("bias_init", "initializer", "initial bias", default="zeros", needs="bias"),
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
        Example("conv(4, 3, stride=2, padding=same)", ((8, 7, 3),), (4, 4, 4)),
        Example("conv(8, 3, stride=2, padding=half, groups=2)", ((9, 8, 4),), (5, 4, 8)),
        Example("conv(4, [1, 4], padding=[0, [1, 2]])", ((5, 6, 2),), (5, 6, 4)),
        Example("conv(4, 2, stride=3)", ((7, 8, 2),), (2, 3, 4)),
        Example("conv(16, 5, dilation=2, bias=false)", ((40, 3),), (32, 16)),
        Example("conv(4, [1, 2, 3], stride=[1, 2, 1])", ((2, 5, 6, 3),), (2, 2, 4, 4)),
    ),
)
