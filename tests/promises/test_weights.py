"""Weights are the same for everyone: order, dtype, file and layout change nothing."""

from __future__ import annotations

import errno
from typing import IO

import numpy as np
import pytest

from archspec.ir import Graph, Weight
from archspec.lowering.backend import NativeWeight
from archspec.lowering.native import from_native, to_native
from archspec.ops.initializer import KNOWN, Initializer
from archspec.syntax import Network
from archspec.weights import initial, metadata, perturbed, read, store

SHAPE = (3, 3, 50, 200)
FANS = (450, 1800)
SPREAD = {
    "normal": 0.05,
    "truncated_normal": 0.05 * 0.8796,
    "uniform": 0.05 / 3**0.5,
    "glorot_uniform": (2 / 2250) ** 0.5,
    "glorot_normal": (2 / 2250) ** 0.5,
    "he_uniform": (2 / 450) ** 0.5,
    "he_normal": (2 / 450) ** 0.5,
    "he_out_normal": (2 / 1800) ** 0.5,
    "lecun_uniform": (1 / 450) ** 0.5,
    "lecun_normal": (1 / 450) ** 0.5,
}


def weight(name: str, kind: str = "he_normal", shape: tuple[int, ...] = SHAPE) -> Weight:
    given = {"value": 0.25} if kind == "constant" else {}
    fans = FANS if len(shape) > 1 else (1, 1)
    return Weight(name, "kernel", shape, Initializer.make(kind, given), fans, True)


def graph(*weights: Weight) -> Graph:
    definition = object.__new__(Network)
    root = object.__new__(type("Root", (), {}))
    return Graph("n", definition, {}, root, weights={one.name: one for one in weights})


@pytest.mark.parametrize("kind", sorted(SPREAD))
def test_spread_follows_the_paper(kind: str) -> None:
    values = initial(graph(weight("a.kernel", kind)))["a.kernel"]
    assert values.std() == pytest.approx(SPREAD[kind], rel=0.02)
    assert abs(values.mean()) < SPREAD[kind] / 50
    if "uniform" in kind:
        assert np.abs(values).max() <= SPREAD[kind] * 3**0.5 * 1.0001


def test_every_initialiser_can_be_drawn() -> None:
    for kind in KNOWN:
        values = initial(graph(weight("a", kind, (7,))))["a"]
        assert values.shape == (7,)
        if kind in ("zeros", "ones", "constant"):
            assert set(values) == {{"zeros": 0.0, "ones": 1.0, "constant": 0.25}[kind]}


def test_values_depend_on_seed_and_name_only() -> None:
    a, b = weight("a"), weight("b")
    first, second = initial(graph(a, b), seed=3), initial(graph(b, a), seed=3)
    np.testing.assert_array_equal(first["a"], second["a"])
    assert not np.array_equal(first["a"], first["b"])
    assert not np.array_equal(first["a"], initial(graph(a), seed=4)["a"])
    wide = initial(graph(a), seed=3, dtype="float64")["a"]
    np.testing.assert_array_equal(first["a"], wide.astype("float32"))


def test_a_known_value_stays_what_it_is() -> None:
    """Checkpoints and reports of other machines refer to these values."""
    values = initial(graph(weight("stem.conv.kernel", "glorot_uniform", (2, 2))), 7, "float64")
    assert values["stem.conv.kernel"].ravel() == pytest.approx(EXPECTED, rel=1e-12)


EXPECTED = [
    -0.008451375301620045,
    0.009168496088859758,
    -0.03737958312269449,
    0.05065781667208989,
]


def test_perturbed_values_are_no_constants() -> None:
    found = perturbed(
        graph(weight("zero", "zeros", (64,)), weight("one", "ones", (64,)), weight("k", "zeros"))
    )
    assert len(set(found["zero"])) == 64
    assert np.abs(found["zero"]).min() >= 0.1
    assert found["zero"].min() < 0 < found["zero"].max()
    assert 0.7 <= found["one"].min() < found["one"].max() <= 1.4
    assert found["k"].std() == pytest.approx((2 / FANS[0]) ** 0.5, rel=0.02)


def test_files_hold_what_was_stored(tmp_path) -> None:
    weights = {
        "a.kernel": np.arange(24.0).reshape(2, 3, 4).transpose(2, 0, 1),
        "b": np.ones(3, "f4"),
    }
    store(tmp_path / "w.safetensors", weights, {"network": "lenet5"})
    found = read(tmp_path / "w.safetensors")
    assert {name: array.dtype for name, array in found.items()} == {
        "a.kernel": np.float64,
        "b": np.float32,
    }
    np.testing.assert_array_equal(found["a.kernel"], weights["a.kernel"])
    assert metadata(tmp_path / "w.safetensors") == {"network": "lenet5"}
    assert [file.name for file in tmp_path.iterdir()] == ["w.safetensors"]


def test_a_broken_file_is_refused_in_words(tmp_path) -> None:
    path = tmp_path / "w.safetensors"
    store(path, {"a": np.ones(100)})
    for content in (path.read_bytes()[:-10], b"PK\x03\x04" * 20, b""):
        path.write_bytes(content)
        with pytest.raises(ValueError, match="no complete safetensors file"):
            read(path)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch) -> None:
    store(tmp_path / "w.safetensors", {"a": np.ones(3)})
    before = (tmp_path / "w.safetensors").read_bytes()
    written = []

    def write(file: IO[bytes], data: bytes) -> None:
        written.append(data)
        if len(written) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("archspec.weights.files._write", write)
    with pytest.raises(OSError, match="No space"):
        store(tmp_path / "w.safetensors", {"a": np.zeros(3), "b": np.zeros(3)})
    assert [file.name for file in tmp_path.iterdir()] == ["w.safetensors"]
    assert (tmp_path / "w.safetensors").read_bytes() == before


@pytest.mark.parametrize(
    "native",
    [
        NativeWeight("plain"),
        NativeWeight("turned", axes=(3, 2, 0, 1)),
        NativeWeight("depthwise", axes=(2, 3, 0, 1), shape=(24, 1, 2, 5)),
        NativeWeight("everything", axes=(1, 0, 3, 2), shape=(5, 48), rows=(1, 0)),
    ],
)
def test_layouts_go_there_and_back(native: NativeWeight) -> None:
    array = np.random.default_rng(0).normal(size=(2, 5, 4, 6)).astype("f4")
    there = to_native(array, native)
    assert there.flags.c_contiguous
    np.testing.assert_array_equal(from_native(there, native, array.shape), array)


@pytest.mark.parametrize("shape", [(3, 3, 200, 130), (1, 1, 517, 260), (90000, 1)])
def test_large_kernels_are_copied_whole(shape: tuple[int, ...]) -> None:
    """They are copied in strips, the last of which is a narrow one."""
    array = np.random.default_rng(0).normal(size=shape).astype("f4")
    native = NativeWeight("turned", axes=tuple(reversed(range(len(shape)))))
    there = to_native(array, native)
    np.testing.assert_array_equal(there, array.T)
    np.testing.assert_array_equal(from_native(there, native), array)


def test_rows_are_those_of_the_canonical_kernel() -> None:
    kernel = np.arange(12.0).reshape(4, 3)
    native = NativeWeight("dense.weight", axes=(1, 0), rows=(2, 0, 3, 1))
    np.testing.assert_array_equal(to_native(kernel, native)[:, 0], kernel[2])
