"""The fully connected layer."""

from __future__ import annotations

from collections.abc import Sequence

from archspec_keras.initial import initializer
from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.site import Layer, Site, Step


def started(site: Site, attribute: str, keyword: str, usual: str) -> tuple[str, ...]:
    """`keyword=initialiser`, or nothing where it is the one that Keras takes anyway."""
    text = initializer(site.stored(attribute))
    return () if text == f'"{usual}"' else (f"{keyword}={text}",)


def bias(site: Site) -> tuple[str, ...]:
    """Whether there is a bias, and how it starts."""
    there = site.option("use_bias", "bias", True)
    if there == ("use_bias=False",):
        return there
    return (*there, *started(site, "bias_init", "bias_initializer", "zeros"))


def _dense(site: Site) -> Sequence[Step]:
    kernel = started(site, "kernel_init", "kernel_initializer", "glorot_uniform")
    return (Layer("layers.Dense", (site.written("units"), *bias(site), *kernel)),)


LOWERINGS = {"dense": Lowering(steps=_dense, weights={"kernel": "kernel", "bias": "bias"})}
