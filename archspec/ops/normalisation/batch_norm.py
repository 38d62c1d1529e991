"""batch_norm: means and variances of each channel, over the batch or as running averages."""

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
    zeros, ones = Initializer("zeros"), Initializer("ones")
    found = []
    if attributes.scale:
        found.append(WeightSpec("scale", channels, ones))
    if attributes.offset:
        found.append(WeightSpec("offset", channels, zeros))
    found.append(WeightSpec("mean", channels, zeros, trainable=False))
    found.append(WeightSpec("variance", channels, ones, trainable=False))
    return tuple(found)


def reference(call: Call) -> tuple[Array, ...]:
    a, x, weights = call.attributes, call.inputs[0], call.weights
    mean, variance = weights["mean"], weights["variance"]
    if call.training:
        axes = tuple(range(x.ndim - 1))
        batch = {"mean": x.mean(axis=axes), "variance": x.var(axis=axes)}
        for name, value in batch.items():
            call.updates[name] = a.momentum * weights[name] + (1 - a.momentum) * value
        mean, variance = batch["mean"], batch["variance"]
    out = (x - call.rounded(mean)) / (variance + a.epsilon) ** 0.5
    if a.scale:
        out = out * weights["scale"]
    return (out + weights["offset"] if a.offset else out,)


OP = Op(
    name="batch_norm",
    family="normalisation",
    summary="Normalises each channel over the batch.",
    doc=(
        "(x - mean) / sqrt(variance + epsilon) * scale + offset, each of the four one number for"
        " each channel. In training, mean and (biased) variance are those of the batch over samples"
        " and places; in inference they are running averages, which each training step moves to"
        " momentum * average + (1 - momentum) * batch value. The running variance averages the"
        " biased variance too, as Keras does; PyTorch averages n / (n - 1) times as much."
    ),
    source="Ioffe and Szegedy (2015), Batch normalization, 3, algorithms 1 and 2.",
    attributes=(
        Attribute("epsilon", "float", "added to the variance", default=1e-5, minimum=1e-12),
        Attribute(
            "momentum",
            "float",
            "part of the running average that is kept",
            default=0.9,
            minimum=0,
            maximum=1,
            strict="an average takes parts of 0 to 1 of what it is made from",
        ),
        Attribute("scale", "bool", "whether there is a learned factor", default=True),
        Attribute("offset", "bool", "whether there is a learned offset", default=True),
    ),
    shape=shape,
    weights=weights,
    reference=reference,
    examples=(
        Example("batch_norm", ((8, 6, 3),), (8, 6, 3)),
        Example("batch_norm(epsilon=1e-3, momentum=0.99, scale=false)", ((5,),), (5,)),
    ),
)
