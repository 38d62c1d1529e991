"""Folders with generated Keras scripts, and how they are run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import h5py

sys.path.insert(0, str(Path(__file__).parent))

from cases import KERAS

from archspec.training.data_file import data_file

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

OF_KERAS = "ignore:__array__ implementation doesn't accept:DeprecationWarning"
PYTHON = (sys.executable, "-W", "error", "-W", OF_KERAS)
"""Keras itself is warned by new versions of NumPy when its callbacks look at numbers."""


def written(text: str, folder: Path) -> Path:
    """The three files of a training."""
    graph, recipe = KERAS.compiled(text, folder)
    files = KERAS.script(graph, recipe) | {"data.py": data_file(recipe, graph)}
    for name, content in files.items():
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
