"""A run from the command line: training, evaluating, predicting, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archspec.cli.main import main

# Keras' own conversions; the messages differ from version to version.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SPEC = """
network small() {
  input image[8, 8, 1]
  conv(4, 3) -> relu -> max_pool(2)
  flatten -> dense(10) -> softmax
}

train small {
  data:       digits
  validation: 0.2
  preprocess: [rescale(1 / 16)]
  loss:       categorical_crossentropy
  optimizer:  sgd(learning_rate=0.05, momentum=0.9)
  schedule:   step(epochs=1, factor=0.5)
  metrics:    [accuracy, top_k(3), precision, recall, f1, auc, mean_squared_error]
  epochs:     2
  batch_size: 64
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the spec and a run of it in each framework."""
    made = tmp_path_factory.mktemp("runs")
    spec = made / "small.arch"
    spec.write_text(SPEC)
    for backend in ("torch", "keras"):
        assert main(["train", str(spec), "--backend", backend, "-o", str(made / backend)]) == 0
    return made


def _table(run: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((run / "metrics.csv").read_text().splitlines()))


def test_both_frameworks_measure_the_same_after_each_epoch(folder: Path) -> None:
    torch, keras = _table(folder / "torch"), _table(folder / "keras")
    assert list(torch[0]) == list(keras[0])
    assert len(torch) == len(keras) == 2
    for one, other in zip(torch, keras, strict=True):
        for name in one:
            assert float(one[name]) == pytest.approx(float(other[name]), rel=1e-4), name


def test_a_strategy_reaches_the_script_that_has_it(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["--backend", "torch", "-o", str(tmp_path / "run"), "--strategy", "fsdp"]
    assert main(["train", str(folder / "small.arch"), *words]) == 2
    assert "train.py: error: fsdp" in capfd.readouterr().err
    assert main(["train", str(folder / "keras"), "--resume", "--strategy", "ddp"]) == 2
    assert "keras has no strategy `ddp`" in capfd.readouterr().err


def test_what_one_framework_trained_the_other_evaluates(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = []
    for backend in ("torch", "keras"):
        assert main(["evaluate", str(folder / "torch"), "--backend", backend, "--json"]) == 0
        found.append(json.loads(capfd.readouterr().out))
    assert found[0]["confusion"] == found[1]["confusion"]
    last = _table(folder / "torch")[-1]
    for one in found:
        for name, value in one["metrics"].items():
            assert value == pytest.approx(float(last[f"validation_{name}"]), rel=1e-5), name
    assert np.sum(found[0]["confusion"]) == found[0]["samples"] == 359


def test_predictions_have_a_row_for_each_sample(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from sklearn.datasets import load_digits

    digits = load_digits()
    np.save(tmp_path / "some.npy", digits.images[:20, ..., None])
    target = tmp_path / "labels.csv"
    words = ["predict", str(folder / "torch"), str(tmp_path / "some.npy"), "-o", str(target)]
    assert main(words) == 0
    rows = list(csv.DictReader(target.read_text().splitlines()))
    right = sum(int(row["label"]) == digits.target[i] for i, row in enumerate(rows))
    assert len(rows) == 20
    assert right >= 15
    assert sum(float(rows[0][str(i)]) for i in range(10)) == pytest.approx(1, abs=1e-4)
    target.write_text("mine")
    assert main(words) == 2
    assert target.read_text() == "mine"
    assert "would overwrite" in capfd.readouterr().err


def test_other_data_must_have_the_classes_that_the_network_knows(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in "0123456789":
        (tmp_path / name).mkdir()
        Image.fromarray(np.full((8, 8), 100, np.uint8)).save(tmp_path / name / "one.png")
    words = ["evaluate", str(folder / "torch"), "--data", str(tmp_path), "--json"]
    assert main(words) == 0
    assert json.loads(capfd.readouterr().out)["samples"] == 10
    (tmp_path / "9").rename(tmp_path / "nine")
    for name in "012345678":
        (tmp_path / name).rename(tmp_path / f"a{name}")
    noted = folder / "torch" / "run.json"
    text = noted.read_text()
    noted.write_text(text.replace('"9"', '"zero"'))
    assert main(words) == 2
    assert "numbered in this order" in capfd.readouterr().err
    noted.write_text(text)


def test_a_folder_that_holds_something_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "torch" / "metrics.csv").read_bytes()
    words = [str(folder / "small.arch"), "--backend", "keras", "-o", str(folder / "torch")]
    assert main(["train", *words]) == 2
    assert "not empty" in capsys.readouterr().err
    assert (folder / "torch" / "metrics.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["train", "small.arch", "-o", "run"], "--backend is missing"),
        (["train", "small.arch", "--resume"], "no folder of a run"),
        (["evaluate", "."], "no folder of a run"),
        (["curves", ".", "-o", "x.png"], "no folder of a run"),
        (["train", "small.arch", "--backend", "torch", "-o", "run", "--data", "none"], "none"),
        (
            ["train", "small.arch", "--backend", "keras", "-o", "run", "--strategy", "ddp"],
            "keras has no strategy `ddp`",
        ),
    ],
)
def test_wrong_use_is_told_and_nothing_is_written(
    words: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.arch").write_text(SPEC)
    assert main(words) in (1, 2)
    assert told in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["small.arch"]
