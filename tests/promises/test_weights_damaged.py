"""Files of weights that are damaged on purpose: refused in words, soon, and without a crash."""

from __future__ import annotations

import contextlib
from pathlib import Path
from random import Random

import pytest

from archspec.cli.main import main
from archspec_keras.stored import attempt
from archspec_keras.stored.read import read, read_here

h5py = pytest.importorskip("h5py")


def plain(path: Path) -> Path:
    with h5py.File(path, "w") as file:
        for layer in ("conv2d", "dense", "dense_1"):
            file[f"layers/{layer}/vars/0"] = [[1.0, 2.0], [3.0, 4.0]]
            file[f"layers/{layer}"].attrs["name"] = layer
    return path


def test_few_bytes_cannot_make_endless_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Forty groups, each twice in the one before: a trillion paths.
    path = tmp_path / "model.weights.h5"
    with h5py.File(path, "w") as file:
        group = file
        for _ in range(40):
            inner = group.create_group("a")
            group["b"] = inner
            group = inner
    with pytest.raises(ValueError, match="stands at two places"):
        read_here(path)
    assert main(["weights", "show", str(path)]) == 2
    assert "stands at two places" in capsys.readouterr().err


def test_a_read_that_needs_too_much_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plain(tmp_path / "model.weights.h5")
    monkeypatch.setattr(attempt, "MEMORY", 60_000_000)
    with pytest.raises(ValueError, match="reading it ends the process"):
        read(path)
    monkeypatch.setattr(attempt, "WAITING", 0.001)
    with pytest.raises(ValueError, match="reading it comes to no end"):
        read(path)


def test_flipped_bytes(tmp_path: Path) -> None:
    path = plain(tmp_path / "model.weights.h5")
    data = path.read_bytes()
    places = [index for index, byte in enumerate(data) if byte]
    refused = 0
    for seed in range(300):
        random, changed = Random(seed), bytearray(data)
        for _ in range(random.choice((1, 2, 4))):
            changed[random.choice(places)] = random.randrange(256)
        path.write_bytes(changed[: random.choice((len(data), len(data), random.randrange(9999)))])
        with contextlib.suppress(ValueError):
            read_here(path)
            continue
        refused += 1
    assert refused > 100
