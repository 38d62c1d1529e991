"""Opens a file of Keras and finds the variables in it."""

from __future__ import annotations

import json
import zipfile
import zlib
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from archspec_keras.stored.attempt import attempt
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
    ValueError,
)
"""What the readers of damaged archives raise."""

Stored = tuple[list[Variable], dict[str, int]]


def read(path: Path) -> Stored:
    """The variables of all layers, and what was left out; `ValueError` where it is no such file.

    Another process reads the file first: the library of the format, which is written in C, can
    crash on a damaged file, or come to no end that this process could bring about.
    """
    if find_spec("h5py") is None:
        raise ImportError("h5py is needed for it")
    attempt(path)
    return read_here(path)


def read_here(path: Path) -> Stored:
    """The same, in this process."""
    import h5py

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
