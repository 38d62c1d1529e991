"""Activations: Keras layers, by their own class where there is one."""

from __future__ import annotations

from collections.abc import Sequence

from archspec_keras.lowerings.lowering import Lowering, Steps
from archspec_keras.site import Layer, Site, Step


def _layer(call: str, *arguments: str) -> Lowering:
    def steps(site: Site) -> Sequence[Step]:
        return (Layer(call, arguments),)

    return Lowering(steps=steps)


def _leaky_relu(site: Site) -> Sequence[Step]:
    return (Layer("layers.LeakyReLU", (f"negative_slope={site.written('slope')}",)),)


def _elu(site: Site) -> Sequence[Step]:
    return (Layer("layers.ELU", site.option("alpha", "alpha", 1.0)),)


def _gelu(site: Site) -> Sequence[Step]:
    # Keras' own form takes the exact function; the approximate one has no layer.
    if site.stored("approximate"):
        return (Layer("ApproximateGELU"),)
    return (Layer("layers.Activation", ('"gelu"',)),)


def _named(name: str) -> Lowering:
    return _layer("layers.Activation", f'"{name}"')


_given: dict[str, Steps] = {"leaky_relu": _leaky_relu, "elu": _elu, "gelu": _gelu}

LOWERINGS = {
    "relu": _layer("layers.ReLU"),
    "relu6": _layer("layers.ReLU", "max_value=6"),
    "selu": _named("selu"),
    "silu": _named("silu"),
    "tanh": _named("tanh"),
    "sigmoid": _named("sigmoid"),
    "hard_sigmoid": _named("hard_sigmoid"),
    "hard_swish": _named("hard_silu"),
    "softplus": _named("softplus"),
    "softmax": _layer("layers.Softmax"),
    **{name: Lowering(steps=steps) for name, steps in _given.items()},
}
