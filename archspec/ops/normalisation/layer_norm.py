"""layer_norm: mean and variance of each place, over its channels."""

from __future__ import annotations

from archspec.dimensions import Shape
from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.initializer import Initializer
from archspec.ops.op import Array, Call, Example, Op, Shapes, WeightSpec


def shape(attributes: Attributes, inputs: Shapes) -> tuple[Shape, ...]:
    return (inputs[0],)


def weights(attributes: Attributes, inputs: Shapes) -> tuple[WeightSpec, ...]:
    channels = (inputs[0][-1],)
    found = []
    if attributes.scale:
        found.append(WeightSpec("scale", channels, Initializer("ones")))
    if attributes.offset:
        found.append(WeightSpec("offset", channels, Initializer("zeros")))
    return tuple(found)


def reference(call: Call) -> tuple[Array, ...]:
    a, x = call.attributes, call.inputs[0]
    mean, variance = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
    out = (x - call.rounded(mean)) / (variance + a.epsilon) ** 0.5
    if a.scale:
        out = out * call.weights["scale"]
    return (out + call.weights["offset"] if a.offset else out,)


OP = Op(
    name="layer_norm",
    family="normalisation",
    summary="Normalises each place over its channels.",
    doc=(
        "(x - mean) / sqrt(variance + epsilon) * scale + offset; mean and (biased) variance are"
        " those of the last axis, each place and sample for itself, in training and in inference."
        " Scale and offset have one number for each channel."
    ),
    source="Ba et al. (2016), Layer normalization, 3.",
    attributes=(
        Attribute("epsilon", "float", "added to the variance", default=1e-5, minimum=1e-12),
        Attribute("scale", "bool", "whether there is a learned factor", default=True),
        Attribute("offset", "bool", "whether there is a learned offset", default=True),
    ),
    shape=shape,
    weights=weights,
    reference=reference,
    examples=(
        Example("layer_norm", ((12, 16),), (12, 16)),
        Example("layer_norm(epsilon=1e-6, offset=false)", ((4, 4, 3),), (4, 4, 3)),
    ),
)
