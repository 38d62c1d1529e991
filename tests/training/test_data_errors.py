"""Data that cannot be used: one clear line for each, and never a traceback."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

from archspec.diagnostics import Report
from archspec.source import SourceText, Span
from archspec.training.data_file import data_file
from archspec.training.source import Unusable, load, with_data
from archspec.training.sources import located


def sibling(name: str) -> ModuleType:
    """Another module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


parts = sibling("parts")
choice, recipe, graph = parts.choice, parts.recipe, parts.graph

IMAGES = "network net { input image[8, 8, 3] flatten -> dense(2) -> softmax }"
NUMBERS = "network net { input signal[4] dense(3) -> softmax }"


def image(path: Path, size: tuple[int, int] = (8, 8)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (1, 2, 3)).save(path)


def two_classes(root: Path, size: tuple[int, int] = (8, 8)) -> None:
    for kind in ("cat", "dog"):
        for number in range(3):
            image(root / kind / f"{number}.png", size)


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


def told(source: str, text: str, path: Path, folder: Path, **given: Any) -> str:
    """What is said about the data."""
    made = recipe(data=choice("data", source, path=str(path)), **given)
    return problem(made, text, folder)


def problem(made: Any, text: str, folder: Path) -> str:
    """Why the data of a recipe cannot be used, in one line."""
    with pytest.raises(Unusable) as caught:
        load(made, graph(text, folder))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def arrays(**given: Any) -> dict[str, Any]:
    return {"x": np.zeros((6, 4)), "y": np.arange(6) % 3, **given}


ARRAYS: dict[str, tuple[dict[str, Any], str]] = {
    "no array": ({"z": np.zeros(3)}, r".*data.npz has no array `x`; it has z"),
    "lengths": (
        arrays(y=np.arange(5) % 3),
        r"the arrays in .*data.npz have different lengths: 6 and 5",
    ),
    "rank": (arrays(x=np.zeros((6, 4, 4))), r"samples are 4 x 4, the input is 4"),
    "size": (arrays(x=np.zeros((6, 5))), r"samples are 5, the input is 4"),
    "words": (arrays(x=np.full((6, 4), "a")), r"`x` in .*data.npz holds <U1, not numbers"),
    "labels too high": (
        arrays(y=np.arange(6)),
        r"classes are numbered from 0 to 5, the network has 0 to 2",
    ),
    "labels below 0": (
        arrays(y=np.arange(6) % 3 - 1),
        r"classes are numbered from -1 to 1, the network has 0 to 2",
    ),
    "labels with fractions": (
        arrays(y=np.linspace(0, 2, 6)),
        r"the targets are float64, not whole numbers of classes",
    ),
    "labels of places": (
        arrays(y=np.zeros((6, 2), int)),
        r"targets are 2, the network needs one number for classes, 3 for distributions",
    ),
    "no samples": (arrays(x=np.zeros((0, 4)), y=np.zeros(0, int)), r"there are no samples"),
    "pickled": (
        arrays(x=np.array([{}] * 6, dtype=object)),
        r".*data.npz holds Python objects, which could run code",
    ),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays(name: str, tmp_path: Path) -> None:
    given, words = ARRAYS[name]
    path = tmp_path / "data.npz"
    np.savez(path, **given)
    assert re.fullmatch(words, told("arrays", NUMBERS, path, tmp_path))


def changed(row: int, *values: float) -> Any:
    """Six distributions, of which one row is replaced."""
    found = np.full((6, 3), [0.5, 0.25, 0.25])
    found[row] = values
    return found


DISTRIBUTIONS: dict[str, tuple[Any, str]] = {
    "wide": (
        np.full((6, 4), 0.25),
        r"targets are 4, the network needs one number for classes, 3 for distributions",
    ),
    "not whole": (changed(4, 0.5, 0.25, 0.2), r"row 4 of the targets sums to 0.95, not to 1"),
    "counts": (np.eye(3)[[0, 1, 2, 0, 1, 2]] * 2, r"row 0 of the targets sums to 2, not to 1"),
    "negative": (changed(2, 1.5, -0.5, 0.0), r"row 2 of the targets has a negative number"),
    "no number": (
        changed(5, 0.5, np.nan, 0.5),
        r"row 5 of the targets has a number that is not finite",
    ),
    "infinite": (
        changed(1, np.inf, -np.inf, 1.0),
        r"row 1 of the targets has a number that is not finite",
    ),
    "none": (np.zeros((0, 3)), r"there are no samples"),
}


@pytest.mark.parametrize("loss", ["categorical_crossentropy", "kl_divergence"])
@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_distributions(name: str, loss: str, tmp_path: Path) -> None:
    targets, words = DISTRIBUTIONS[name]
    path = tmp_path / "data.npz"
    np.savez(path, x=np.zeros((len(targets), 4)), y=targets)
    assert re.fullmatch(words, told("arrays", NUMBERS, path, tmp_path, loss=loss))


def test_distributions_of_places_and_where_a_loss_takes_none(tmp_path: Path) -> None:
    path = tmp_path / "data.npz"
    targets = np.full((6, 5, 4, 3), 1 / 3)
    targets[2, 3, 1] = 0.3
    np.savez(path, x=np.zeros((6, 5, 4, 2)), y=targets)
    places = "network net { input image[5, 4, 2] conv(3, 1) -> softmax }"
    said = told("arrays", places, path, tmp_path)
    assert said == "row 2, 3, 1 of the targets sums to 0.9, not to 1"
    np.savez(path, x=np.zeros((6, 4)), y=np.eye(3)[np.arange(6) % 3])
    said = told("arrays", NUMBERS, path, tmp_path, loss="sparse_categorical_crossentropy")
    assert said.endswith("needs one number: distributions are for `categorical_crossentropy`")


def test_files_that_are_no_arrays(tmp_path: Path) -> None:
    path = tmp_path / "data.npz"
    assert told("arrays", NUMBERS, path, tmp_path) == f"there is no file {path}"
    path.write_text("no archive")
    assert told("arrays", NUMBERS, path, tmp_path) == f"{path} is no .npz file"
    np.savez(path, **arrays())
    path.write_bytes(path.read_bytes()[:400])
    message = told("arrays", NUMBERS, path, tmp_path)
    assert message.startswith(f"{path} cannot be read: ")
    folder = tmp_path / "arrays"
    folder.mkdir()
    np.save(folder / "x.npy", np.zeros((6, 4)))
    message = told("arrays", NUMBERS, folder, tmp_path)
    assert message == f"there is no file {folder / 'y.npy'}"
    np.save(folder / "y.npy", np.array([{}] * 6, dtype=object), allow_pickle=True)
    message = told("arrays", NUMBERS, folder, tmp_path)
    assert message == f"{folder} holds Python objects, which could run code"


def test_a_split_that_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "data.npz"
    np.savez(path, **arrays())
    wanted = "0.01 of 6 samples cannot be kept for validation"
    assert told("arrays", NUMBERS, path, tmp_path, validation=0.01) == wanted


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


@pytest.mark.parametrize("path", ["../out", "/etc", "C:\\data", "a/../../out", "~/data", "link"])
def test_paths_of_a_spec_stay_below_its_folder(path: str, tmp_path: Path) -> None:
    root = tmp_path / "spec"
    root.mkdir()
    (tmp_path / "out").mkdir()
    (root / "link").symlink_to(tmp_path / "out")
    for source in ("folder", "arrays", "huggingface"):
        report = Report()
        made = in_spec(root, source, path=path)
        assert located(made, report) is None
        assert [one.code for one in report.diagnostics] == ["outside-root"]
    report = Report()
    assert located(in_spec(root, "folder", path="inside", validation=path), report) is None


def in_spec(root: Path, source: str, **given: Any) -> Any:
    """A recipe whose data are named in a spec in that folder."""
    span = Span(SourceText(str(root / "model.arch"), "data"), 0, 4)
    return recipe(data=replace(choice("data", source, **given), span=span))


def test_paths_inside_are_found(tmp_path: Path) -> None:
    made = in_spec(tmp_path, "folder", path="images", validation="more/images")
    found = located(made, Report())
    assert found is not None
    assert found.data is not None
    assert found.data.attributes["path"] == str(tmp_path.resolve() / "images")
    assert found.data.attributes["validation"] == str(tmp_path.resolve() / "more/images")
    hub = in_spec(tmp_path, "huggingface", path="ylecun/mnist", validation="test")
    assert located(hub, Report()) == hub


def test_kinds_of_data_on_the_command_line(tmp_path: Path) -> None:
    two_classes(tmp_path / "images")
    (tmp_path / "stored").mkdir()
    (tmp_path / "stored" / "dataset_dict.json").write_text("{}")
    (tmp_path / "apart").mkdir()
    np.save(tmp_path / "apart" / "x.npy", np.zeros(3))
    kinds = {"images": "folder", "stored": "huggingface", "apart": "arrays", "a.npz": "arrays"}
    for name, kind in kinds.items():
        found = with_data(recipe(data=choice("data", "digits")), tmp_path / name)
        assert found.data is not None
        assert found.data.name == kind
        assert found.data.attributes["path"] == str(tmp_path / name)
