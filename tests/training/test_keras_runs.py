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


PLAIN = """
network plain { input image[8, 8, 1]  flatten -> dense(16) -> tanh -> dense(10) -> softmax }
train plain {
  data: digits
  validation: 0.2
  preprocess: [rescale(1 / 16)]
  loss: categorical_crossentropy
  optimizer: sgd(learning_rate=0.1, momentum=0.9)
  weight_decay: l2(0.001, on=kernels)
  schedule: step(epochs=1)
  metrics: [accuracy]
  epochs: 2
  batch_size: 101
}
"""

REPLICAS = """
import sys
import keras
import tensorflow as tf
import train

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
for words in (["one"], ["two", "--devices", "2"]):
    keras.backend.clear_session()
    sys.argv = ["train.py", "--weights", "begin.weights.h5", "--output", *words]
    train.main()
"""

BEGUN = """
import plain
plain.plain().save_weights("begin.weights.h5")
"""

ALONE = """
import sys
import train
sys.argv += ["--weights", "begin.weights.h5", "--output", "one"]
train.main()
"""


def check_equal(folder: Path) -> None:
    """The results of one process and of two parts are equal up to rounding."""
    one, two = (arrays(folder / name / "weights.weights.h5") for name in ("one", "two"))
    assert one
    assert one.keys() == two.keys()
    for name, array in one.items():
        if array.dtype.kind == "f":
            assert abs(array - two[name]).max() <= 1e-4 * abs(array).max(), name


@pytest.mark.trained
def test_two_replicas_on_tensorflow_train_like_one(tmp_path: Path) -> None:
    folder = written(PLAIN, tmp_path)
    assert run(folder, BEGUN, "tensorflow").returncode == 0
    made = run(folder, REPLICAS, "tensorflow")
    assert made.returncode == 0, made.stderr
    check_equal(folder)


@pytest.mark.trained
def test_two_processes_on_jax_train_like_one(tmp_path: Path) -> None:
    folder = written(PLAIN, tmp_path)
    assert run(folder, BEGUN, "jax").returncode == 0
    alone = run(folder, ALONE, "jax")
    assert alone.returncode == 0, alone.stderr
    text = ALONE.replace('"one"', '"two"')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    processes = [
        subprocess.Popen(
            [*PYTHON, "-c", text],
            cwd=folder,
            env={**os.environ, **together(place, port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for place in range(2)
    ]
    for process in processes:
        said = process.communicate()[0]
        assert process.returncode == 0, said
    check_equal(folder)


def together(place: int, port: int) -> dict[str, str]:
    """The variables of one of two processes."""
    return {
        "OMP_NUM_THREADS": "1",
        "KERAS_BACKEND": "jax",
        "JAX_CPU_COLLECTIVES_IMPLEMENTATION": "gloo",
        "KERAS_DISTRIBUTION_JOB_ADDRESSES": f"127.0.0.1:{port}",
        "KERAS_DISTRIBUTION_NUM_PROCESSES": "2",
        "KERAS_DISTRIBUTION_PROCESS_ID": str(place),
    }


@pytest.mark.trained
def test_a_killed_run_goes_on_to_the_same_weights_on_jax(tmp_path: Path) -> None:
    check_resumed(written(SMALL, tmp_path), "jax")


@pytest.mark.trained
@pytest.mark.parametrize("engine", ["tensorflow", "jax"])
def test_lenet5_takes_a_step_on_digits(engine: str, tmp_path: Path) -> None:
    spec = (Path(__file__).parents[2] / "specs" / "lenet5.arch").read_text()
    settings = SMALL.partition("train small")[2].replace("rescale", "resize(28, 28), rescale")
    text = spec.partition("## LeNet-5 with the input of the paper")[0].partition("\ntrain ")[0]
    folder = written(f"{text}\ntrain lenet5{settings}", tmp_path)
    made = run(folder, "import sys, train; sys.argv += ['--fast-dev-run']; train.main()", engine)
    assert made.returncode == 0, made.stderr
