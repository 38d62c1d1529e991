"""Opens a file of Keras and finds the variables in it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec_keras.stored.current import current
from archspec_keras.stored.legacy import legacy
from archspec_keras.stored.variable import Variable

if TYPE_CHECKING:
    import h5py

INSIDE = "model.weights.h5"
Stored = tuple[list[Variable], dict[str, int]]


def read(path: Path) -> Stored:
    """The variables of all layers, and what was left out; `ValueError` where it is no such file."""
    try:
        import h5py
    except ImportError as error:
        raise ImportError(f"h5py is needed for it ({error})") from None
    try:
        if path.suffix == ".keras":
            with zipfile.ZipFile(path) as archive:
                config = json.loads(archive.read("config.json"))
                inside = BytesIO(archive.read(INSIDE))
            return current(h5py.File(inside, "r"), _layers(config))
        return _stored(h5py.File(path, "r"))
    except (zipfile.BadZipFile, OSError, KeyError, RuntimeError, TypeError) as error:
        raise ValueError(f"{path} is no complete file of Keras: {error}") from None


def _stored(file: h5py.File) -> Stored:
    if "layer_names" in file.attrs or "layer_names0" in file.attrs:
        return legacy(file)
    return legacy(file["model_weights"]) if "model_weights" in file else current(file, {})


def _layers(config: Any) -> dict[str, dict[str, Any]]:
    """The settings of all layers by name, those of inner models too."""
    return {one["name"]: one for one in _configs(config) if isinstance(one.get("name"), str)}


def _configs(config: Any) -> Iterator[dict[str, Any]]:
    if isinstance(config, dict):
        inner = config.get("config")
        if isinstance(inner, dict) and "class_name" in config:
            yield inner
        for one in config.values():
            yield from _configs(one)
    elif isinstance(config, list):
        for one in config:
            yield from _configs(one)
