"""verify --train: the same steps in both frameworks, and what differs is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import archspec
from archspec.training.trajectory.report import TrajectoryReport

SPEC = """
network tiny() {
  input image[6, 5, 2]
  stem: conv(4, 3, padding=same) -> batch_norm -> relu
  global_avg_pool
  head: dense(3) -> softmax
}

train tiny {
  loss:         categorical_crossentropy(label_smoothing=0.1)
  optimizer:    sgd(learning_rate=0.1, momentum=0.9)
  schedule:     step(epochs=2, factor=0.1)
  weight_decay: l2(1e-3, on=kernels)
  clip:         global_norm(0.5)
  epochs:       4
  batch_size:   8
}
"""


@pytest.fixture(autouse=True)
def _wrong_trainers_are_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(Path(__file__).parent)
    monkeypatch.setenv("PYTHONPATH", folder, prepend=os.pathsep)
    monkeypatch.syspath_prepend(folder)


def _report(folder: Path, *backends: str, spec: str = SPEC) -> TrajectoryReport:
    path = folder / "tiny.arch"
    path.write_text(spec)
    found = archspec.load(path).verify_training(backends=backends, steps=12)
    assert found is not None
    return found


def test_both_frameworks_take_the_same_steps(tmp_path: Path) -> None:
    found = _report(tmp_path, "torch", "keras")
    assert found.passed, found.text()
    assert found.rates[0] == pytest.approx(0.1)
    assert found.rates[-1] == pytest.approx(0.01)
    compared = {(row.compared, row.left, row.right) for row in found.rows}
    assert ("running statistics", "torch", "keras") in compared
    assert all(row.difference < 1e-11 for row in found.rows), found.text()
    assert len(found.losses["torch"]) == len(found.losses["keras"]) == 12


def test_layers_decay_at_rates_of_their_own(tmp_path: Path) -> None:
    rates = "[decoupled(0.1, on=kernels, layers=[stem]), decoupled(0.3, on=all, layers=[head])]"
    spec = SPEC.replace("l2(1e-3, on=kernels)", rates)
    found = _report(tmp_path, "torch", "keras", spec=spec)
    assert found.passed, found.text()
    assert all(row.difference < 1e-11 for row in found.rows), found.text()


@pytest.mark.parametrize("network", ["heads", "taps", "shares"])
def test_each_output_has_its_own_loss(network: str) -> None:
    spec = archspec.load(Path(__file__).with_name("several_outputs.arch"), network)
    found = spec.verify_training(steps=20)
    assert found is not None
    assert found.passed, found.text()
    assert all(row.difference < 1e-11 for row in found.rows), found.text()


@pytest.mark.parametrize("network", ["heads", "taps", "shares"])
def test_a_loss_without_its_weight_is_a_finding(network: str) -> None:
    spec = archspec.load(Path(__file__).with_name("several_outputs.arch"), network)
    found = spec.verify_training(backends=("wrong_trainers:Unweighted", "torch"), steps=2)
    assert found is not None
    assert {one.step for one in found.findings} == {0}, found.text()
    assert "differ in the loss" in found.findings[0].message


def test_a_weight_that_drifts_is_named_with_its_step(tmp_path: Path) -> None:
    found = _report(tmp_path, "wrong_trainers:Drifting", "torch")
    assert not found.passed
    first = found.findings[0]
    assert (first.step, first.name) == (3, "head.dense.kernel"), found.text()
    assert "wrong_trainers:Drifting and spec" in first.message
    assert "--train" in first.command


def test_a_rate_that_misses_the_schedule_is_a_finding(tmp_path: Path) -> None:
    found = _report(tmp_path, "wrong_trainers:Constant")
    assert [one.step for one in found.findings[:1]] == [6], found.text()
    assert "learning rate" in found.findings[0].message


def test_without_a_recipe_there_is_nothing_to_compare(tmp_path: Path) -> None:
    path = tmp_path / "none.arch"
    path.write_text(SPEC.split("train")[0])
    spec = archspec.load(path)
    assert spec.verify_training() is None
    assert [one.code for one in spec.diagnostics] == ["no-recipe"]
