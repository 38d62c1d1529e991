"""Batch, layer and local response normalisation; epsilon and momentum are always written."""

from __future__ import annotations

from collections.abc import Sequence

from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.site import Layer, Site, Step


def _learned(site: Site) -> tuple[str, ...]:
    return (*site.option("center", "offset", True), *site.option("scale", "scale", True))


def _batch_norm(site: Site) -> Sequence[Step]:
    arguments = (f"epsilon={site.written('epsilon')}", f"momentum={site.written('momentum')}")
    return (Layer("layers.BatchNormalization", (*arguments, *_learned(site))),)


def _layer_norm(site: Site) -> Sequence[Step]:
    arguments = (f"epsilon={site.written('epsilon')}", *_learned(site))
    return (Layer("layers.LayerNormalization", arguments),)


def _local_response_norm(site: Site) -> Sequence[Step]:
    names = ("size", "alpha", "beta", "bias")
    arguments = tuple(f"{name}={site.written(name)}" for name in names)
    return (Layer("LocalResponseNormalization", arguments),)


LOWERINGS = {
    "batch_norm": Lowering(
        steps=_batch_norm,
        weights={
            "scale": "gamma",
            "offset": "beta",
            "mean": "moving_mean",
            "variance": "moving_variance",
        },
    ),
    "layer_norm": Lowering(steps=_layer_norm, weights={"scale": "gamma", "offset": "beta"}),
    "local_response_norm": Lowering(steps=_local_response_norm),
}
