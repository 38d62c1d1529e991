"""Arrays that cannot be used: one clear line for each, and never a traceback."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from parts import array_header, told

NUMBERS = "network net { input signal[4] dense(3) -> softmax }"


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


def test_an_archive_that_claims_more_than_there_is_room_for(tmp_path: Path) -> None:
    path = tmp_path / "data.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("x.npy", "y.npy"):
            archive.writestr(name, array_header(10**15))
    wanted = f"{path} holds arrays that do not fit into memory"
    assert told("arrays", NUMBERS, path, tmp_path) == wanted


def test_a_split_that_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "data.npz"
    np.savez(path, **arrays())
    wanted = "0.01 of 6 samples cannot be kept for validation"
    assert told("arrays", NUMBERS, path, tmp_path, validation=0.01) == wanted
