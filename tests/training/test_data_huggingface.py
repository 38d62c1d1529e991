"""Data sets of the library `datasets`, stored in a folder."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archspec.training.data_file import data_file

sys.path.insert(0, str(Path(__file__).parent))

import parts

NETWORK = "network net { input image[8, 8, 1] flatten -> dense(3) -> softmax }"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_images_and_names_of_classes(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (10, 8, 8), np.uint8)
    labels = [number % 3 for number in range(10)]
    features = datasets.Features(
        image=datasets.Image(), label=datasets.ClassLabel(names=["ant", "bee", "cat"])
    )
    images = [Image.fromarray(one) for one in pixels]
    table = datasets.Dataset.from_dict({"image": images, "label": labels}, features=features)
    shares = [[0.5, 0.25, 0.25]] * 10
    table = table.add_column("shares", shares).add_column("ragged", [*shares[1:], [1.0]])
    split = datasets.DatasetDict(train=table, test=table.select(range(4)))
    split.save_to_disk(str(tmp_path / "stored"))
    source = parts.choice("data", "huggingface", path=str(tmp_path / "stored"), validation="test")
    recipe = parts.recipe(data=source)
    module = parts.module(data_file(recipe, parts.graph(NETWORK, tmp_path)))
    loaded = module.load()
    assert loaded.classes == ["ant", "bee", "cat"]
    assert (len(loaded.train), len(loaded.validation)) == (10, 4)
    inputs, targets = loaded.train.batch(np.array([3, 0]), 0)
    np.testing.assert_array_equal(inputs[..., 0], pixels[[3, 0]])
    assert targets.tolist() == [[1, 0, 0], [1, 0, 0]]
    spread = replace(recipe, data=source.having(targets="shares"))
    loaded = parts.module(data_file(spread, parts.graph(NETWORK, tmp_path))).load()
    assert loaded.validation.batch(np.array([2]), 0)[1].tolist() == [[0.5, 0.25, 0.25]]
    with pytest.raises(module.DataError, match="the rows of `ragged` have different lengths"):
        module.read_dataset(str(tmp_path / "stored"), "train", "image", "ragged")
    with pytest.raises(module.DataError, match="has no part `nowhere`; it has train, test"):
        module.read_dataset(str(tmp_path / "stored"), "nowhere", "image", "label")
    with pytest.raises(module.DataError, match="has no column `picture`; it has image, label"):
        module.read_dataset(str(tmp_path / "stored"), "train", "picture", "label")
    with pytest.raises(module.DataError, match=r"the data set .* cannot be loaded"):
        module.read_dataset(str(tmp_path / "other"), "train", "image", "label")
