"""Joins: one of Keras' merging layers over all inputs."""

from __future__ import annotations

from collections.abc import Sequence

from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.site import Layer, Site, Step


def _merge(call: str) -> Lowering:
    def steps(site: Site) -> Sequence[Step]:
        return (Layer(f"layers.{call}"),)

    return Lowering(steps=steps)


LOWERINGS = {
    "concat": _merge("Concatenate"),
    "add": _merge("Add"),
    "multiply": _merge("Multiply"),
    "maximum": _merge("Maximum"),
    "average": _merge("Average"),
}
