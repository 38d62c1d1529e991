"""Runs of generated Keras scripts on several devices, and in several processes."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from keras_runs import PYTHON, SHARED, arrays, run, written

REPLICAS = """
import sys
import keras
import tensorflow as tf
import shared
import train

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
keras.utils.set_random_seed(0)
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
