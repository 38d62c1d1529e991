"""Two processes that share each batch take the steps of one, PyTorch with gloo on loopback."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent))

from test_torch_scripts import written

PYTHON = (sys.executable, "train.py", "--output")
TORCHRUN = (sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", *PYTHON[1:])


def train(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def only(table: Path) -> dict[str, str]:
    (row,) = csv.DictReader(table.read_text().splitlines())
    return row


@pytest.mark.trained
def test_two_processes_take_the_steps_of_one(tmp_path: Path) -> None:
    written("shared", tmp_path)
    commands = {
        "alone": (*PYTHON, "alone"),
        "launched": (*PYTHON, "launched", "--devices", "2"),
        "torchrun": (*TORCHRUN, "torchrun", "--devices", "2"),
    }
    for command in commands.values():
        made = train(tmp_path, *command)
        assert made.returncode == 0, made.stderr[-3000:]
    alone = torch.load(tmp_path / "alone" / "weights.pth")
    row = only(tmp_path / "alone" / "metrics.csv")
    for name in ("launched", "torchrun"):
        found = torch.load(tmp_path / name / "weights.pth")
        for key, wanted in alone.items():
            assert (found[key] - wanted).norm() <= 1e-5 * wanted.norm(), (name, key)
        other = only(tmp_path / name / "metrics.csv")
        for column, value in row.items():
            assert float(other[column]) == pytest.approx(float(value), rel=1e-5), (name, column)


FSDP = "import torch, train; torch.cuda.is_available = lambda: True; train.main()"


@pytest.mark.trained
def test_fsdp_reaches_lightning_which_needs_gpus(tmp_path: Path) -> None:
    written("short", tmp_path)
    words = ("--devices", "2", "--strategy", "fsdp", "--output", "run")
    made = train(tmp_path, sys.executable, "train.py", *words)
    assert made.returncode == 2
    assert "fsdp needs GPUs" in made.stderr
    made = train(tmp_path, sys.executable, "-c", FSDP, *words)
    assert "The strategy `fsdp` requires a GPU accelerator" in made.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.trained
def test_batch_statistics_of_parts_are_refused(tmp_path: Path) -> None:
    written("resumed", tmp_path)
    made = train(tmp_path, *PYTHON, "run", "--devices", "2")
    assert made.returncode == 2
    assert "batch statistics over several processes on GPUs only" in made.stderr
    assert not (tmp_path / "run").exists()
