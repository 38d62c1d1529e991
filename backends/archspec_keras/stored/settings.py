"""What the configuration of a stored model says about its layers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """The class of a layer in small letters, and its arguments."""

    owner: str
    arguments: Mapping[str, Any]


def layers(config: Any) -> dict[str, Settings]:
    """The settings of all layers by name, those of inner models too."""
    return {one.arguments["name"]: one for one in _found(config)}


def _found(config: Any) -> Iterator[Settings]:
    if isinstance(config, dict):
        name, inner = config.get("class_name"), config.get("config")
        if isinstance(name, str) and isinstance(inner, dict) and "name" in inner:
            yield Settings(snake(name), inner)
        for one in config.values():
            yield from _found(one)
    elif isinstance(config, list):
        for one in config:
            yield from _found(one)


def snake(name: str) -> str:
    """The name of a class as Keras writes it in names of layers.

    >>> snake("DepthwiseConv2D"), snake("Conv2DTranspose")
    ('depthwise_conv2d', 'conv2d_transpose')
    """
    return re.sub(r"(?<!^)(?=[A-Z][a-z])", "_", name).lower()
