"""normalize: channels with mean 0 and deviation 1."""

from __future__ import annotations

from collections.abc import Iterable

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Problem
from archspec.recipes.record import Array, Preprocess, Shape


def check(attributes: Attributes) -> Iterable[Problem]:
    means, deviations = len(attributes.mean), len(attributes.std)
    if not means or not deviations or (means != deviations and 1 not in (means, deviations)):
        message = f"`mean` has {means} numbers and `std` {deviations}"
        help = "give one number for each channel, or one for all"
        yield Problem("wrong-type", message, "std", help=help)


def apply(attributes: Attributes, sample: Array) -> Array:
    import numpy as np

    found: Array = (sample - np.array(attributes.mean)) / np.array(attributes.std)
    return found.astype(sample.dtype)


def shape(attributes: Attributes, shape: Shape) -> Shape:
    return shape


PART = Preprocess(
    name="normalize",
    kind="preprocess",
    summary="Each channel minus its mean, divided by its standard deviation.",
    doc=(
        "(x - mean) / std, with one number for each channel, or one for all. The numbers are given,"
        " and not computed from the data, so that they are the same wherever the network is used."
    ),
    source="LeCun et al. (1998), Efficient backprop, 4.3.",
    attributes=(
        Attribute("mean", "floats", "means, one for each channel or one for all"),
        Attribute(
            "std", "floats", "deviations, one for each channel or one for all", exclusive_minimum=0
        ),
    ),
    example="preprocess: [rescale(1 / 255), normalize(mean=[0.5], std=[0.25])]",
    apply=apply,
    shape=shape,
    check=check,
)
