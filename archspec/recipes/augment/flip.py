"""flip: images mirrored, every second one."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.augment._geometry import same
from archspec.recipes.record import Array, Augment, Generator


def apply(attributes: Attributes, generator: Generator, sample: Array) -> Array:
    if generator.random() >= 0.5:
        return sample
    return sample[:, ::-1] if attributes.direction == "horizontal" else sample[::-1]


PART = Augment(
    name="flip",
    kind="augment",
    summary="Images mirrored with a chance of one half.",
    doc="`horizontal` changes left and right, `vertical` top and bottom.",
    source="Krizhevsky et al. (2012), ImageNet classification, 4.1.",
    attributes=(
        Attribute("direction", "choice", "what is exchanged", choices=("horizontal", "vertical")),
    ),
    example="augment: [flip(horizontal)]",
    apply=apply,
    shape=same,
)
