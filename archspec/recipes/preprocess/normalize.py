"""normalize: channels with mean 0 and deviation 1."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.record import Array, Preprocess, Shape


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
)
