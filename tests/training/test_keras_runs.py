"""Runs of generated Keras scripts: resumed ones, several devices, several processes."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from keras_cases import compiled, script

from archspec.training.data_file import data_file

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

OF_KERAS = "ignore:__array__ implementation doesn't accept:DeprecationWarning"
PYTHON = (sys.executable, "-W", "error", "-W", OF_KERAS)
"""Keras itself is warned by new versions of NumPy when its callbacks look at numbers."""

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


def written(text: str, folder: Path) -> Path:
    """The three files of a training."""
    graph, recipe, report = compiled(text, folder)
    assert not report.diagnostics
    for name, content in {**script(graph, recipe), "data.py": data_file(recipe, graph)}.items():
        (folder / name).write_text(content)
    return folder


def run(folder: Path, text: str, engine: str, **environment: str) -> subprocess.CompletedProcess:
    """Run Python in the folder, on one thread."""
    quiet = {"OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": engine}
    return subprocess.run(
        [*PYTHON, "-c", text],
        cwd=folder,
        env={**os.environ, **quiet, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def arrays(path: Path) -> dict[str, Any]:
    """All arrays of a file of weights."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(
            lambda name, one: found.update({name: one[()]}) if hasattr(one, "dtype") else None
        )
    return found


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


SHARED = """
network shared {
  input image[8, 8, 1]
  conv(3, 3, bias=false) -> batch_norm -> relu -> flatten -> dense(10) -> softmax
}
train shared {
  data: digits
  validation: 0.1
  preprocess: [rescale(1 / 16)]
  loss: categorical_crossentropy
  optimizer: sgd(learning_rate=0.1, momentum=0.9)
  weight_decay: l2(0.001, on=kernels)
  schedule: step(epochs=1)
  metrics: [accuracy, f1]
  checkpoint: best
  epochs: 3
  batch_size: 202
}
"""
"""Nine steps an epoch; the last batch is a single sample."""

REPLICAS = """
import sys
import keras
import tensorflow as tf
import shared
import train

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
shared.shared().save_weights("begin.weights.h5")
for words in (["one"], ["replicas", "--devices", "2"]):
    keras.backend.clear_session()
    sys.argv = ["train.py", "--weights", "begin.weights.h5", "--output", *words]
    train.main()
"""

PROCESS = """
import sys
import train

sys.argv += ["--weights", "begin.weights.h5", "--output", "processes"]
train.main()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs from the same weights: on TensorFlow with one replica and with two."""
    made = written(SHARED, tmp_path_factory.mktemp("shared"))
    done = run(made, REPLICAS, "tensorflow")
    assert done.returncode == 0, done.stderr
    return made


def check_equal(folder: Path, name: str) -> None:
    """The results of a run are those of one process up to rounding."""
    one, other = (arrays(folder / each / "weights.weights.h5") for each in ("one", name))
    assert one
    assert one.keys() == other.keys()
    for key, array in one.items():
        if array.dtype.kind == "f":
            assert abs(array - other[key]).max() <= 1e-5 * abs(array).max(), key
    rows, others = (
        list(csv.DictReader((folder / each / "metrics.csv").read_text().splitlines()))
        for each in ("one", name)
    )
    assert [row["epoch"] for row in others] == ["0", "1", "2"]
    for row, like in zip(rows, others, strict=True):
        for column, value in row.items():
            # A batch that cannot be shared equally counts twice in the results of training.
            limit = 1e-5 if column.startswith(("validation", "learning")) else 1e-2
            assert float(like[column]) == pytest.approx(float(value), rel=limit), column


@pytest.mark.trained
def test_two_replicas_on_tensorflow_train_like_one(folder: Path) -> None:
    check_equal(folder, "replicas")


@pytest.mark.trained
def test_two_processes_on_jax_train_like_one_on_tensorflow(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    processes = [
        subprocess.Popen(
            [*PYTHON, "-c", PROCESS],
            cwd=folder,
            env={**os.environ, **together(place, port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for place in range(2)
    ]
    try:
        said = [process.communicate(timeout=600)[0] for process in processes]
    finally:
        # One that fails leaves the other waiting.
        for process in processes:
            process.kill()
    assert [process.returncode for process in processes] == [0, 0], said
    check_equal(folder, "processes")
    # Only the first one writes, and shows how far it is.
    assert "Epoch 3/3" in said[0]
    assert "Epoch" not in said[1]
    assert len(list((folder / "processes" / "tensorboard" / "train").iterdir())) == 1


def together(place: int, port: int) -> dict[str, str]:
    """The variables of one of two processes."""
    return {
        "OMP_NUM_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "KERAS_BACKEND": "jax",
        "JAX_CPU_COLLECTIVES_IMPLEMENTATION": "gloo",
        "KERAS_DISTRIBUTION_JOB_ADDRESSES": f"127.0.0.1:{port}",
        "KERAS_DISTRIBUTION_NUM_PROCESSES": "2",
        "KERAS_DISTRIBUTION_PROCESS_ID": str(place),
    }


MIXED = """
import sys
import keras
import brain, half

for script, precision in ((brain, "bfloat16"), (half, "float16")):
    keras.backend.clear_session()
    made, ready = [], script.ready
    script.ready = lambda *given: made.append(ready(*given)) or made[-1]
    sys.argv = ["train.py", "--epochs", "2", "--output", precision]
    script.main()
    model = made[0]
    assert {one.compute_dtype for one in model.layers if one.weights} == {precision}
    assert {one.dtype for one in model.weights} == {"float32"}
    scaled = isinstance(model.optimizer, keras.optimizers.LossScaleOptimizer)
    assert scaled == (precision == "float16")
    assert not scaled or float(keras.ops.convert_to_numpy(model.optimizer.dynamic_scale)) > 1
"""


@pytest.mark.trained
def test_networks_learn_in_half_precision_with_whole_weights(tmp_path: Path) -> None:
    for name, precision in (("brain", "mixed_bfloat16"), ("half", "mixed_float16")):
        # No batch of a single sample, which bfloat16 makes a wild guess of.
        text = SHARED.replace("batch_size: 202", f"batch_size: 128\n  precision: {precision}")
        text = text.replace("learning_rate=0.1", "learning_rate=0.02")
        (written(text, tmp_path) / "train.py").rename(tmp_path / f"{name}.py")
    made = run(tmp_path, MIXED, "tensorflow")
    assert made.returncode == 0, made.stderr
    for precision in ("bfloat16", "float16"):
        table = (tmp_path / precision / "metrics.csv").read_text()
        rows = list(csv.DictReader(table.splitlines()))
        assert float(rows[-1]["validation_accuracy"]) > 0.5, table
        assert float(rows[-1]["loss"]) < float(rows[0]["loss"]), table


@pytest.mark.trained
def test_a_killed_run_goes_on_to_the_same_weights_on_jax(tmp_path: Path) -> None:
    check_resumed(written(SMALL, tmp_path), "jax")
