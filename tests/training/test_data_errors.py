"""Folders of images that cannot be used: one clear line for each, and never a traceback."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archspec.training.data_file import data_file

sys.path.insert(0, str(Path(__file__).parent))

import parts
from parts import choice, graph, recipe

image, two_classes, told, problem = parts.image, parts.two_classes, parts.told, parts.problem

IMAGES = "network net { input image[8, 8, 3] flatten -> dense(2) -> softmax }"


def nothing(root: Path) -> None:
    """There is no data at all."""


def small(root: Path) -> None:
    two_classes(root, (6, 5))


def three(root: Path) -> None:
    two_classes(root)
    image(root / "eel" / "0.png")


def empty_class(root: Path) -> None:
    two_classes(root)
    (root / "dog" / "notes.txt").write_text("no image")
    for one in (root / "dog").glob("*.png"):
        one.unlink()


def damaged(root: Path) -> None:
    two_classes(root)
    path = root / "cat" / "0.png"
    noise = np.random.default_rng(0).integers(0, 256, (8, 8, 3), np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[:120])


def no_image(root: Path) -> None:
    two_classes(root)
    (root / "cat" / "0.png").write_text("this is a text")


def deep(root: Path) -> None:
    two_classes(root)
    Image.fromarray(np.zeros((8, 8), np.uint16)).save(root / "cat" / "0.png")


def of_parts(root: Path) -> None:
    two_classes(root / "train")
    two_classes(root / "test")


def a_file(root: Path) -> None:
    root.write_text("a file")


FOLDERS: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (nothing, r"there is no folder .*there"),
    "a file": (a_file, r".*there is no folder"),
    "without classes": (lambda root: root.mkdir(), r".*there holds no folders: put the images .*"),
    "wrong size": (
        small,
        r"samples are 5 x 6 x 3, the input is 8 x 8 x 3: add resize\(8, 8\) to `preprocess`",
    ),
    "too many classes": (three, r"the data have 3 classes, the network has 2"),
    "empty class": (empty_class, r"the folder .*dog of a class holds no images"),
    "damaged": (damaged, r".*cat/0.png cannot be read as an image: .*"),
    "no image": (no_image, r".*cat/0.png cannot be read as an image: .*"),
    "deep": (deep, r".*cat/0.png cannot be read .* mode I;16 do not go from 0 to 255"),
    "parts": (of_parts, r".*there holds parts of the data: name the folder of the one to .*"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_folders(name: str, tmp_path: Path) -> None:
    make, words = FOLDERS[name]
    root = tmp_path / "there"
    make(root)
    assert re.fullmatch(words, told("folder", IMAGES, root, tmp_path))


def test_validation_data_with_other_classes(tmp_path: Path) -> None:
    two_classes(tmp_path / "a")
    image(tmp_path / "b" / "cat" / "0.png")
    image(tmp_path / "b" / "fox" / "0.png")
    there = {"path": str(tmp_path / "a"), "validation": str(tmp_path / "b")}
    found = recipe(data=choice("data", "folder", **there))
    wanted = "training and validation data have different classes: dog, fox"
    assert problem(found, IMAGES, tmp_path) == wanted


def test_a_damaged_image_met_in_training_is_named(tmp_path: Path) -> None:
    two_classes(tmp_path / "there")
    path = tmp_path / "there" / "dog" / "2.png"
    path.write_bytes(b"damaged")
    made = recipe(data=choice("data", "folder", path=str(tmp_path / "there")))
    loaded = parts.module(data_file(made, graph(IMAGES, tmp_path)))
    part = loaded.load().train
    with pytest.raises(loaded.DataError, match=re.escape(f"{path} cannot be read")) as caught:
        part.batch(np.array([0, 5]), 0)
    # Workers put their traceback before it.
    passed_on = loaded.DataError(f"Traceback:\n  File x\ndata.DataError: {caught.value}")
    assert str(passed_on) == str(caught.value)
