"""What generated Keras scripts look at after an epoch."""

from __future__ import annotations

import csv
import sys
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import h5py
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cases import KERAS

SETTINGS = """\
loss: mean_squared_error
optimizer: sgd(learning_rate=0.001)
validation: 0.5
early_stopping: patience(2)
checkpoint: best
schedule: reduce_on_plateau(patience=2, factor=0.5)
epochs: 9"""


class Samples:
    """Four samples in one batch; for validation, targets are further away after each epoch."""

    epoch = 0

    def __init__(self, training: bool) -> None:
        self.training = training

    def batches(self, epoch: int) -> list[Any]:
        if self.training:
            Samples.epoch = epoch
        return [np.arange(4)]

    def batch(self, indices: Any, epoch: int) -> tuple[Any, Any]:
        inputs = np.random.default_rng(0).normal(size=(4, 5)).astype(np.float32)
        away = 0.0 if self.training else 10.0 * Samples.epoch or float("nan")
        return inputs, np.full((4, 3), away, np.float32)


@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
def test_a_first_result_that_is_no_number_is_not_the_best(tmp_path: Path) -> None:
    graph, recipe = KERAS.linear(SETTINGS, tmp_path, "")
    script = KERAS.training.steps(graph, recipe, "float32")._script
    splits = SimpleNamespace(train=Samples(True), validation=Samples(False))
    script.data.load = lambda path: splits
    words = {"data": None, "weights": None, "devices": 1, "resume": False, "fast_dev_run": False}
    script.train(Namespace(output=tmp_path, epochs=9, **words))
    rows = list(csv.DictReader((tmp_path / "metrics.csv").read_text().splitlines()))
    assert [row["validation_loss"] == "nan" for row in rows] == [True, False, False, False]
    # The second epoch is the best, and training ends after the two that follow.
    assert [float(row["learning_rate"]) for row in rows] == pytest.approx([0.001] * 4)
    assert kernel(tmp_path / "weights.weights.h5") != kernel(
        tmp_path / "checkpoints/last.weights.h5"
    )


def kernel(path: Path) -> bytes:
    """The weights of the dense layer in a file."""
    found: list[Any] = []
    with h5py.File(path) as file:
        file.visititems(
            lambda name, one: found.append(one[()]) if getattr(one, "shape", 0) == (5, 3) else None
        )
    return bytes(found[0].tobytes())
