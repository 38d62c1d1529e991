"""Layers that drop values, channels or samples while training."""

from __future__ import annotations

from archspec_torch.form import Form, Module
from archspec_torch.lowering import KEEPS, Lowering
from archspec_torch.site import Site


def _dropout(site: Site) -> Form:
    return Form((Module(f"nn.Dropout({site.text('rate')})"),))


def _spatial_dropout(site: Site) -> Form:
    return Form((Module(f"nn.Dropout{site.rank}d({site.text('rate')})"),))


def _stochastic_depth(site: Site) -> Form:
    return Form((Module(f"StochasticDepth({site.text('rate')})"),), helpers=("StochasticDepth",))


LOWERINGS = {
    "dropout": Lowering(_dropout, KEEPS),
    "spatial_dropout": Lowering(_spatial_dropout),
    "stochastic_depth": Lowering(_stochastic_depth, KEEPS),
}
