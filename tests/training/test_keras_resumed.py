"""Runs of generated Keras scripts that are killed, and go on."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from keras_runs import arrays, run, written

SMALL = """
network small {
  input image[8, 8, 1]
  conv(4, 3, bias=false) -> batch_norm -> relu -> dropout(0.3) -> flatten -> dense(10) -> softmax
}
train small {
  data: digits
  validation: 0.2
  preprocess: [rescale(1 / 16)]
  loss: categorical_crossentropy
  optimizer: adam(learning_rate=0.01)
  schedule: warmup(1, then=cosine)
  metrics: [accuracy, f1]
  early_stopping: patience(2)
  checkpoint: best
  epochs: 3
  batch_size: 256
}
"""

KILLED = """
import os, signal, sys
import train

class Table(train.Table):
    def on_epoch_begin(self, epoch, logs=None):
        super().on_epoch_begin(epoch, logs)
        self.now = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self.now, batch) == (1, 3):
            os.kill(os.getpid(), signal.SIGKILL)

train.Table = Table
sys.argv += ["--output", "killed"]
train.main()
"""

RESUMED = """
import sys
import keras
import train

for words in (["killed", "--resume"], ["whole"], ["none", "--fast-dev-run"]):
    keras.backend.clear_session()
    sys.argv = ["train.py", "--output", *words]
    train.main()
"""


def check_resumed(folder: Path, engine: str) -> None:
    killed = run(folder, KILLED, engine)
    assert killed.returncode == -9, killed.stderr
    with (folder / "killed" / "metrics.csv").open("a") as table:
        table.write("1,0.5,half of a row that no checkpoint knows")
    resumed = run(folder, RESUMED, engine)
    assert resumed.returncode == 0, resumed.stderr
    whole, other = (arrays(folder / one / "weights.weights.h5") for one in ("whole", "killed"))
    assert whole
    assert not any("optimizer" in name for name in whole)
    assert whole.keys() == other.keys()
    assert all(np.array_equal(whole[name], other[name]) for name in whole)
    tables = [(folder / one / "metrics.csv").read_bytes() for one in ("whole", "killed")]
    assert tables[0] == tables[1]
    rows = list(csv.DictReader(tables[0].decode().splitlines()))
    assert [row["epoch"] for row in rows] == ["0", "1", "2"]
    assert list(rows[0]) == [
        "epoch",
        *("loss", "accuracy", "f1"),
        *("validation_loss", "validation_accuracy", "validation_f1"),
        "learning_rate",
    ]
    assert float(rows[2]["loss"]) < float(rows[0]["loss"])
    assert (folder / "whole" / "tensorboard").is_dir()
    assert not (folder / "none").exists()


def test_a_killed_run_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    check_resumed(written(SMALL, tmp_path), "tensorflow")


@pytest.mark.trained
def test_a_killed_run_goes_on_to_the_same_weights_on_jax(tmp_path: Path) -> None:
    check_resumed(written(SMALL, tmp_path), "jax")
