"""Weights in safetensors files: no code inside, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from archspec.lowering.native import in_order
from archspec.weights.draw import Array
from archspec.weights.safetensors import codes, views


def store(
    path: str | Path, weights: Mapping[str, Array], metadata: Mapping[str, str] | None = None
) -> None:
    """Write `weights` to `path`; the file appears under its name when it is complete.

    The arrays may be views in any order of memory: one at a time is brought in order.
    """
    wanted = codes()
    # The format wants tensors aligned, so the widest come first.
    names = sorted(weights, key=lambda name: (-weights[name].dtype.itemsize, name))
    header: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    end = 0
    for name in names:
        start, end = end, end + weights[name].nbytes
        header[name] = {
            "dtype": wanted[weights[name].dtype.newbyteorder("=").str[1:]],
            "shape": weights[name].shape,
            "data_offsets": (start, end),
        }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with replacing(path) as unfinished, unfinished.open("wb", buffering=0) as file:
        _write(file, len(text).to_bytes(8, "little") + text)
        for data in _ahead(weights[name] for name in names):
            _write(file, data)


def _ahead(arrays: Iterable[Array]) -> Iterator[memoryview]:
    """The bytes of each array; the next ones are brought in order while one is written."""
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    waiting: deque[Future[memoryview]] = deque()
    with ThreadPoolExecutor(1) as helper:
        for one in arrays:
            waiting.append(helper.submit(_bytes, one))
            if len(waiting) > 2:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _bytes(array: Array) -> memoryview:
    import numpy as np

    ordered = in_order(array.astype(array.dtype.newbyteorder("<"), copy=False))
    return ordered.reshape(-1).view(np.uint8).data


def _write(file: IO[bytes], data: bytes | memoryview) -> None:
    """All of it: one call may write less."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """A name beside `path` to write to; moved into place at the end, removed after an error.

    The temporary name keeps the ending, because some writers look at it.
    """
    target = Path(path)
    unfinished = target.with_name(f".{os.getpid()}.{target.name}")
    try:
        yield unfinished
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def read(path: str | Path) -> dict[str, Array]:
    """The weights in a file by name; `ValueError` in words where it is no such file."""
    return {name: array.copy() for name, array in sorted(views(path).items())}


def metadata(path: str | Path) -> dict[str, str]:
    """What was noted in a file beside the weights."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return dict(file.metadata() or {})
    except SafetensorError as error:
        raise ValueError(f"{path} is no complete safetensors file: {error}") from None
