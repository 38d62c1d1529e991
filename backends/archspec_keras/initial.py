"""How initial weights are written: Keras' own names where they mean the same distribution."""

from __future__ import annotations

from archspec.lowering.python import number
from archspec.ops.initializer import Initializer

_WORDS = {
    "zeros": '"zeros"',
    "ones": '"ones"',
    "glorot_uniform": '"glorot_uniform"',
    "he_uniform": '"he_uniform"',
    "lecun_uniform": '"lecun_uniform"',
}

_SCALED = {
    "glorot": ("1.0", "fan_avg"),
    "he": ("2.0", "fan_in"),
    "he_out": ("2.0", "fan_out"),
    "lecun": ("1.0", "fan_in"),
}
"""Numerator of the variance and the fan it is divided by, for each scaled initialiser."""


def initializer(value: Initializer, swapped: bool = False) -> str:
    """The Keras expression for an initialiser.

    Keras truncates its `he_normal` and the like, the language does not, so these are written
    out. `swapped` is for kernels whose last two axes are (out, in): Keras then takes fan in for
    fan out. Expressions are written anew for each layer, since Keras draws the same numbers
    again from one initialiser object.
    """
    family, _, kind = value.name.rpartition("_")
    if value.name in _WORDS and not (swapped and family in ("he", "lecun")):
        return _WORDS[value.name]
    if family in _SCALED:
        factor, fan = _SCALED[family]
        return scaled(factor, _other(fan) if swapped else fan, kind)
    arguments = [number(one) for one in value.arguments]
    if value.name == "constant":
        return f"initializers.Constant({arguments[0]})"
    if value.name == "normal":
        return f"initializers.RandomNormal(stddev={arguments[0]})"
    if value.name == "truncated_normal":
        return f"initializers.TruncatedNormal(stddev={arguments[0]})"
    if value.name == "uniform":
        return f"initializers.RandomUniform(-{arguments[0]}, {arguments[0]})"
    raise NotImplementedError(value.name)


def depthwise(value: Initializer, channels: str, multiplier: str) -> str:
    """The same for depthwise kernels, whose fans Keras counts over all channels at once."""
    family, _, kind = value.name.rpartition("_")
    if family not in _SCALED:
        return initializer(value)
    factor, fan = _SCALED[family]
    if fan == "fan_in":
        weight = channels if factor == "1.0" else f"{factor} * {channels}"
        return scaled(weight, fan, kind)
    if fan == "fan_out":
        return scaled(f"{factor} / {channels}", fan, kind)
    if multiplier == "1":
        return initializer(value)
    weight = f"({channels} + {multiplier}) / (1 + {channels} * {multiplier})"
    return scaled(weight, fan, kind)


def scaled(factor: str, fan: str, kind: str) -> str:
    """`VarianceScaling` with what differs from its defaults."""
    arguments = [factor]
    if fan != "fan_in":
        arguments.append(f'"{fan}"')
    distribution = "untruncated_normal" if kind == "normal" else kind
    arguments.append(f'distribution="{distribution}"')
    return f"initializers.VarianceScaling({', '.join(arguments)})"


def normal(family: str) -> str:
    """The untruncated normal distribution of a family: `he`, `he_out`, `glorot` or `lecun`."""
    return scaled(*_SCALED[family], "normal")


def _other(fan: str) -> str:
    return {"fan_in": "fan_out", "fan_out": "fan_in"}.get(fan, fan)
