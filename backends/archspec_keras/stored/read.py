"""Opens a file of Keras and finds the variables in it."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from archspec_keras.stored.current import current
from archspec_keras.stored.legacy import legacy
from archspec_keras.stored.settings import layers
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
            return current(h5py.File(inside, "r"), layers(config))
        return _stored(h5py.File(path, "r"))
    except (zipfile.BadZipFile, OSError, KeyError, RuntimeError, TypeError) as error:
        raise ValueError(f"{path} is no complete file of Keras: {error}") from None


def _stored(file: h5py.File) -> Stored:
    if "layer_names" in file.attrs or "layer_names0" in file.attrs:
        return legacy(file, {})
    if "model_weights" not in file:
        return current(file, {})
    return legacy(file["model_weights"], layers(json.loads(file.attrs["model_config"])))
