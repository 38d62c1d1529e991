"""dense: a matrix product over the last axis."""

from __future__ import annotations

from math import prod

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.biases import check_bias
from archspec.ops.op import Array, Call, Example, Op, Shapes, WeightSpec


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return ((*inputs[0][:-1], attributes.units),)


def weights(attributes: Attributes, inputs: Shapes) -> tuple[WeightSpec, ...]:
    a, depth = attributes, inputs[0][-1]
    kernel = WeightSpec("kernel", (depth, a.units), a.kernel_init, (depth, a.units))
    return (kernel, WeightSpec("bias", (a.units,), a.bias_init)) if a.bias else (kernel,)


def macs(attributes: Attributes, inputs: Shapes, outputs: Shapes) -> int:
    return int(prod(outputs[0]) * inputs[0][-1])


def reference(call: Call) -> tuple[Array, ...]:
    out = call.inputs[0] @ call.weights["kernel"]
    return (out + call.weights["bias"] if call.attributes.bias else out,)


OP = Op(
    name="dense",
    family="dense",
    summary="A fully connected layer on the last axis.",
    doc=(
        "Output unit u is the sum over the features of the input times column u of the kernel,"
        " plus the bias of u. It acts on the last axis: on `[time, channels]` or an image every"
        " position goes through the same layer; put `flatten` before it to connect everything.\n\n"
        "Shapes: `[*sizes, features]` to `[*sizes, units]`. Kernel: (features, units)."
    ),
    source="Rosenblatt (1958), The perceptron; Goodfellow et al. (2016), Deep learning, 6.",
    attributes=(
        Attribute("units", "int", "number of output features", minimum=1),
        Attribute("bias", "bool", "whether a bias is added", default=True),
        Attribute("kernel_init", "initializer", "initial kernel", default="glorot_uniform"),
        Attribute("bias_init", "initializer", "initial bias", default="zeros", needs="bias"),
    ),
    check=check_bias,
    shape=shape,
    weights=weights,
    macs=macs,
    reference=reference,
    examples=(
        Example("dense(10)", ((84,),), (10,)),
        Example("dense(5, bias=false)", ((7, 3),), (7, 5)),
        Example("dense(5, kernel_init=he_normal)", ((4, 3, 2),), (4, 3, 5)),
        Example("dense(2)", ((2, 3, 4, 5),), (2, 3, 4, 2)),
    ),
)
