"""Folders of images."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from archspec.training.pieces.errors import DataError

SUFFIXES = {".bmp", ".gif", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".tif", ".tiff", ".webp"}
PARTS = {"test", "train", "training", "val", "validation"}


def read_folder(path: str) -> tuple[list[Path], np.ndarray, list[str]]:
    """The image files below a folder, their classes by number, and the names of the classes.

    Each folder in it is a class; they are numbered in the order of their names.
    """
    root = Path(path)
    if not root.is_dir():
        raise DataError(f"{root} is no folder" if root.exists() else f"there is no folder {root}")
    folders = sorted(one for one in root.iterdir() if one.is_dir() and one.name[0] != ".")
    if not folders:
        raise DataError(f"{root} holds no folders: put the images of each class into one")
    if len(PARTS.intersection(one.name for one in folders)) > 1:
        raise DataError(f"{root} holds parts of the data: name the folder of the one to train on")
    files: list[Path] = []
    labels: list[int] = []
    for number, folder in enumerate(folders):
        found = sorted(one for one in folder.rglob("*") if one.suffix.lower() in SUFFIXES)
        if not found:
            raise DataError(f"the folder {folder} of a class holds no images")
        files += found
        labels += [number] * len(found)
    return files, np.array(labels), [one.name for one in folders]
