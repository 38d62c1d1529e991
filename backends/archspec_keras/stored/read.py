"""Opens a file of Keras and finds the variables in it."""

from __future__ import annotations

import json
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from archspec_keras.stored.current import current
from archspec_keras.stored.dataset import MOST_PACKED
from archspec_keras.stored.legacy import legacy
from archspec_keras.stored.settings import layers
from archspec_keras.stored.variable import Variable

if TYPE_CHECKING:
    import h5py

INSIDE = "model.weights.h5"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    AttributeError,
    RuntimeError,
    TypeError,
)
"""What the readers of damaged archives raise."""

Stored = tuple[list[Variable], dict[str, int]]


def read(path: Path) -> Stored:
    """The variables of all layers, and what was left out; `ValueError` where it is no such file."""
    try:
        import h5py
    except ImportError as error:
        raise ImportError(f"h5py is needed for it ({error})") from None
    try:
        if path.suffix == ".keras":
            config, inside = _unpacked(path)
            with h5py.File(BytesIO(inside), "r") as file:
                return current(file, layers(json.loads(config)))
        with h5py.File(path, "r") as file:
            return _stored(file)
    except BROKEN as error:
        raise ValueError(f"{path} is no complete file of Keras: {error}") from None


def _unpacked(path: Path) -> tuple[bytes, bytes]:
    """The configuration and the weights in a `.keras` file."""
    with zipfile.ZipFile(path) as archive:
        size = sum(archive.getinfo(name).file_size for name in ("config.json", INSIDE))
        if size > MOST_PACKED * path.stat().st_size:
            raise OSError("it unpacks to more than weights can")
        return archive.read("config.json"), archive.read(INSIDE)


def _stored(file: h5py.File) -> Stored:
    if "layer_names" in file.attrs or "layer_names0" in file.attrs:
        return legacy(file, {})
    if "model_weights" not in file:
        return current(file, {})
    return legacy(file["model_weights"], layers(json.loads(file.attrs["model_config"])))
