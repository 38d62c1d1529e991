"""Weights in safetensors files: no code inside, written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archspec.weights.draw import Array


def store(
    path: str | Path, weights: Mapping[str, Array], metadata: Mapping[str, str] | None = None
) -> None:
    """Write `weights` to `path`; the file appears under its name when it is complete."""
    import os

    import numpy as np
    from safetensors.numpy import save

    # safetensors writes the memory as it lies, so the arrays must lie in order.
    ordered = {name: np.asarray(array, order="C") for name, array in weights.items()}
    data = save(ordered, metadata=dict(metadata or {}))
    target = Path(path)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def read(path: str | Path) -> dict[str, Array]:
    """The weights in a file by name; `ValueError` in words where it is no such file."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return {name: file.get_tensor(name) for name in sorted(file.keys())}
    except (SafetensorError, TypeError, KeyError) as error:
        raise ValueError(f"{path} is no complete safetensors file: {error}") from None


def metadata(path: str | Path) -> dict[str, str]:
    """What was noted in a file beside the weights."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return dict(file.metadata() or {})
    except SafetensorError as error:
        raise ValueError(f"{path} is no complete safetensors file: {error}") from None
