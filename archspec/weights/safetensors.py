"""Looks into a safetensors file without copying it."""

from __future__ import annotations

import json
from math import prod
from pathlib import Path
from typing import Any

from archspec.weights.draw import Array

TYPES = {
    "F64": "f8",
    "F32": "f4",
    "F16": "f2",
    "I64": "i8",
    "I32": "i4",
    "I16": "i2",
    "I8": "i1",
    "U64": "u8",
    "U32": "u4",
    "U16": "u2",
    "U8": "u1",
    "BOOL": "b1",
}
"""NumPy's name for each type of the format; BF16, which NumPy lacks, is widened to float32."""

MOST_DESCRIBED = 10_000_000
"""Bytes of the list of tensors: 25,000 layers need fewer than half as many."""


def codes() -> dict[str, str]:
    """The format's name for each type of NumPy."""
    return {kind: code for code, kind in TYPES.items()}


def views(path: str | Path) -> dict[str, Array]:
    """The tensors by name, read-only and mapped from the file, in the file's order.

    `ValueError` in words where it is no such file.
    """
    import numpy as np
    from safetensors import SafetensorError, safe_open

    _check_header(Path(path))
    try:
        # The library checks the whole header: types, sizes, and that the file is all there.
        with safe_open(path, framework="numpy"):
            pass
    except (SafetensorError, TypeError, KeyError) as error:
        raise ValueError(f"{path} is no complete safetensors file: {error}") from None
    data = np.memmap(path, dtype=np.uint8, mode="r")
    start = 8 + int.from_bytes(data[:8].tobytes(), "little")
    header: dict[str, Any] = json.loads(data[8:start].tobytes())
    header.pop("__metadata__", None)
    places = sorted(header.items(), key=lambda item: item[1]["data_offsets"])
    return {name: _tensor(name, one, data, start) for name, one in places}


def _check_header(path: Path) -> None:
    """Refuse a list of tensors that takes long to read, before anything reads it."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
    if MOST_DESCRIBED < size < path.stat().st_size:
        raise ValueError(f"{path} is refused: its list of tensors has {size:,} bytes")


def _tensor(name: str, place: dict[str, Any], data: Array, start: int) -> Array:
    import numpy as np

    code, shape = place["dtype"], tuple(place["shape"])
    first = start + place["data_offsets"][0]
    if code == "BF16":
        short = np.frombuffer(data, "<u2", prod(shape), first)
        return (short.astype("<u4") << 16).view("<f4").reshape(shape)
    if code not in TYPES:
        raise ValueError(f"tensor {name!r} has the type {code}, which NumPy lacks")
    return np.frombuffer(data, f"<{TYPES[code]}", prod(shape), first).reshape(shape)
