"""Functions of generated data.py against the meaning that the records of recipes define."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.ops.attributes import Attributes
from archspec.recipes.augment._geometry import read as read_along
from archspec.recipes.registry import find
from archspec.training.pieces import cropping, flipping, resize, scaling, warping

FILLS = ("nearest", "reflect", "wrap", "constant")


def image(height: int = 9, width: int = 12, channels: int = 3, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(5, 3, (height, width, channels)).astype(np.float32)


@pytest.mark.parametrize("fill", FILLS)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), height=st.integers(3, 12), width=st.integers(3, 12))
def test_geometry(fill: str, seed: int, height: int, width: int) -> None:
    """The maps of all four augmentations together, far enough to leave the image."""
    sample = image(height, width, seed=seed)
    ours, theirs = np.random.default_rng(seed), np.random.default_rng(seed)
    maps = [
        warping.rotation(ours, 180.0),
        warping.shift(ours, sample, 1.0, 0.7),
        warping.shear(ours, 0.5),
        warping.zoom(ours, 0.9),
    ]
    wanted = np.eye(3)
    for name, told in (
        ("rotation", {"degrees": 180.0}),
        ("shift", {"height": 1.0, "width": 0.7}),
        ("shear", {"angle": 0.5}),
        ("zoom", {"amount": 0.9}),
    ):
        part = find("augment", name)
        assert part is not None
        wanted = wanted @ part.matrix(Attributes(told), theirs, sample.shape)  # type: ignore[attr-defined]  # an Augment
    slow = read_along(sample, wanted, fill, 2.5)
    fast = warping.warp(sample, *maps, fill=fill, value=2.5)
    assert fast.dtype == np.float32
    np.testing.assert_allclose(fast, slow, rtol=0, atol=2e-4)


def test_order_of_maps_matters() -> None:
    sample = image()
    turn = np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])
    move = np.array([[1.0, 0, 2], [0, 1, 0], [0, 0, 1]])
    both = warping.warp(sample, turn, move)
    one_by_one = warping.warp(warping.warp(sample, turn), move)
    np.testing.assert_allclose(both[3:6, 4:8], one_by_one[3:6, 4:8], atol=1e-5)
    assert not np.allclose(both, warping.warp(sample, move, turn))


@pytest.mark.parametrize("fill", FILLS)
def test_random_crop(fill: str) -> None:
    sample = image(8, 6)
    told = {"height": 7, "width": 9, "padding": 4, "fill": fill, "value": -1.0}
    part = find("augment", "random_crop")
    assert part is not None
    for seed in range(12):
        ours, theirs = np.random.default_rng(seed), np.random.default_rng(seed)
        wanted = part.apply(Attributes(told), theirs, sample)  # type: ignore[attr-defined]  # an Augment
        np.testing.assert_array_equal(cropping.random_crop(sample, ours, **told), wanted)


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_flip(direction: str) -> None:
    sample = image()
    part = find("augment", "flip")
    assert part is not None
    results = set()
    for seed in range(20):
        ours, theirs = np.random.default_rng(seed), np.random.default_rng(seed)
        wanted = part.apply(Attributes({"direction": direction}), theirs, sample)  # type: ignore[attr-defined]  # an Augment
        found = flipping.flip(sample, ours, direction)
        np.testing.assert_array_equal(found, wanted)
        results.add(np.array_equal(found, sample))
    assert results == {True, False}


@pytest.mark.parametrize("size", [(4, 5), (9, 12), (30, 17), (5, 40)])
@pytest.mark.parametrize("interpolation", ["bilinear", "nearest"])
def test_resize(size: tuple[int, int], interpolation: str) -> None:
    height, width = size
    part = find("preprocess", "resize")
    assert part is not None
    told = Attributes({"height": height, "width": width, "interpolation": interpolation})
    batch = np.stack([image(seed=0), image(seed=1)])
    function = resize.resize if interpolation == "bilinear" else resize.resize_nearest
    found = function(batch, height, width)
    for one, sample in zip(found, batch, strict=True):
        wanted = part.apply(told, sample)  # type: ignore[attr-defined]  # a Preprocess
        np.testing.assert_allclose(one, wanted, rtol=0, atol=1e-5)
        np.testing.assert_array_equal(one, function(sample, height, width))
    assert found.dtype == np.float32


def test_scaling() -> None:
    sample = image()
    rescale, normalize = find("preprocess", "rescale"), find("preprocess", "normalize")
    assert rescale is not None
    assert normalize is not None
    told = Attributes({"factor": 1 / 255, "offset": -0.5})
    wanted = rescale.apply(told, sample)  # type: ignore[attr-defined]  # a Preprocess
    np.testing.assert_allclose(scaling.rescale(sample, 1 / 255, -0.5), wanted, atol=1e-7)
    mean, std = [0.5, 1.0, 2.0], [1.0, 2.0, 3.0]
    wanted = normalize.apply(Attributes({"mean": mean, "std": std}), sample)  # type: ignore[attr-defined]  # a Preprocess
    np.testing.assert_allclose(scaling.normalize(sample, mean, std), wanted, atol=1e-6)


def test_center_crop() -> None:
    sample = image(8, 7)
    np.testing.assert_array_equal(cropping.center_crop(sample, 5, 4), sample[1:6, 1:5])
    np.testing.assert_array_equal(cropping.center_crop(sample[None], 5, 4)[0], sample[1:6, 1:5])
