"""Dropout of cells, channels and samples."""

from __future__ import annotations

from collections.abc import Sequence

from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.site import Layer, Site, Step


def _dropout(site: Site) -> Sequence[Step]:
    return (Layer("layers.Dropout", (site.written("rate"),)),)


def _spatial_dropout(site: Site) -> Sequence[Step]:
    if site.rank == 0:
        return _dropout(site)
    return (Layer(f"layers.SpatialDropout{site.rank}D", (site.written("rate"),)),)


def _stochastic_depth(site: Site) -> Sequence[Step]:
    ones = ", ".join("1" for _ in range(site.rank + 1))
    shape = f"(None, {ones})"
    return (Layer("layers.Dropout", (site.written("rate"), f"noise_shape={shape}")),)


LOWERINGS = {
    "dropout": Lowering(steps=_dropout),
    "spatial_dropout": Lowering(steps=_spatial_dropout),
    "stochastic_depth": Lowering(steps=_stochastic_depth),
}
