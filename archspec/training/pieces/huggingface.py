"""Data sets of the library `datasets`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from datasets import load_dataset, load_from_disk

from archspec.training.pieces.errors import DataError
from archspec.training.pieces.images import pixels

KINDS = ("dataset_dict.json", "dataset_info.json")
"""One of these stands in a folder that `save_to_disk` wrote."""


def read_dataset(
    path: str, split: str, inputs: str, targets: str
) -> tuple[Any, np.ndarray, list[str]]:
    """The column of the inputs, the targets, and the names of the classes where they have any."""
    try:
        stored = any((Path(path) / kind).is_file() for kind in KINDS)
        parts = load_from_disk(path) if stored else load_dataset(path)
    except Exception as error:  # The library raises errors of the hub, of files and its own.
        lines = str(error).splitlines() or [type(error).__name__]
        raise DataError(f"the data set {path} cannot be loaded: {lines[0]}") from error
    if split not in parts:
        raise DataError(f"{path} has no part `{split}`; it has {', '.join(parts)}")
    part = parts[split]
    for column in (inputs, targets):
        if column not in part.column_names:
            raise DataError(f"{path} has no column `{column}`; it has {', '.join(part.features)}")
    names = getattr(part.features[targets], "names", [])
    try:
        values = np.array(part[targets][:])
    except ValueError as error:
        raise DataError(f"the rows of `{targets}` have different lengths") from error
    return part.select_columns(inputs), values, list(names)


def read_row(row: dict[str, Any]) -> np.ndarray:
    """The sample in a row: an image, or numbers."""
    (sample,) = row.values()
    return pixels(sample) if hasattr(sample, "convert") else np.asarray(sample, np.float32)
