"""Arrays in files of NumPy."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np

from archspec.training.pieces.errors import DataError


def read_arrays(path: str, names: list[str]) -> list[np.ndarray]:
    """The arrays of those names in an `.npz` file, or in a folder of `.npy` files."""
    root = Path(path)
    if not root.exists():
        raise DataError(f"there is no file {root}")
    try:
        if root.is_dir():
            arrays = [np.load(root / f"{name}.npy", mmap_mode="r") for name in names]
        else:
            arrays = read_archive(root, names)
    except FileNotFoundError as error:
        raise DataError(f"there is no file {error.filename}") from error
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        if "allow_pickle" in str(error) or "Python objects" in str(error):
            raise DataError(f"{root} holds Python objects, which could run code") from error
        raise DataError(f"{root} cannot be read: {error}") from error
    except MemoryError as error:
        raise DataError(f"{root} holds arrays that do not fit into memory") from error
    for name, array in zip(names, arrays, strict=True):
        if array.dtype.kind not in "biuf":
            raise DataError(f"`{name}` in {root} holds {array.dtype}, not numbers")
        if array.ndim == 0 or len(array) != len(arrays[0]):
            lengths = " and ".join(str(one.shape[0] if one.ndim else 0) for one in arrays)
            raise DataError(f"the arrays in {root} have different lengths: {lengths}")
    return arrays


def read_archive(path: Path, names: list[str]) -> list[np.ndarray]:
    """The arrays of an `.npz` file. Pickled objects are refused."""
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            raise DataError(f"{path} is no .npz file")
        stream.seek(0)
        archive = np.load(stream)
        missing = [name for name in names if name not in archive.files]
        if missing:
            listed = ", ".join(archive.files)
            raise DataError(f"{path} has no array `{missing[0]}`; it has {listed}")
        return [archive[name] for name in names]
