"""archspec generate --train: three files that belong together, in both frameworks."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import archspec
from archspec.cli.main import main
from archspec.diagnostics import Report
from archspec.training.sources import located
from archspec.training.training import scripts

SPEC = """\
block head(classes: int) {
  global_avg_pool
  dense(classes) -> softmax
}

network net {
  input image[24, 24, 1]
  early: conv(4, 3) -> relu
  result: conv(8, 3) -> relu -> head(10)
  side: from early -> head(10)
  output result
  output side when training
}

train net {
  data:       digits
  validation: 0.1
  preprocess: [resize(28, 28), rescale(1 / 16)]
  augment:    [random_crop(24, 24)]
  loss:       [
    categorical_crossentropy(output=result), categorical_crossentropy(output=side, weight=0.3)
  ]
  optimizer:  sgd(learning_rate=0.1, momentum=0.9)
  metrics:    [accuracy]
  batch_size: 32
  epochs:     1
}
"""


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "model.arch"
    path.write_text(SPEC)
    return path


def test_files(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = {}
    for backend in ("torch", "keras"):
        words = ["generate", str(spec), "--backend", backend, "--train", "-o", backend]
        assert main(words) == 0, capsys.readouterr().err
        files = {one.name: one.read_text() for one in Path(backend).iterdir()}
        assert set(files) == {"net.py", "data.py", "train.py"}
        for text in files.values():
            ast.parse(text)
            assert "archspec" not in text
        assert not re.search(r"[Ss]oftmax\(", files["net.py"])
        assert "the outputs are logits" in files["net.py"]
        made[backend] = files["data.py"]
    assert made["torch"] == made["keras"]


def test_without_a_section(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec.write_text(SPEC[: SPEC.index("train net")])
    assert main(["generate", str(spec), "--backend", "torch", "--train", "-o", "out"]) == 1
    assert "error[" in capsys.readouterr().err
    assert not Path("out").exists()


def test_data_that_do_not_fit(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec.write_text(SPEC.replace("random_crop(24, 24)", "random_crop(20, 20)"))
    assert main(["generate", str(spec), "--backend", "torch", "--train", "-o", "out"]) == 1
    assert "error[unusable-data]: images are 20 x 20 x 1" in capsys.readouterr().err
    assert not Path("out").exists()


def test_data_that_a_spec_names_have_their_whole_path_in_a_run(spec: Path) -> None:
    text = SPEC.replace("digits\n", 'arrays("some.npz")\n')
    spec.write_text(text.replace("  preprocess: [resize(28, 28), rescale(1 / 16)]\n", ""))
    made = archspec.load(spec).training()
    assert made is not None
    recipe = located(made.recipe, Report())
    assert recipe is not None
    files = scripts(replace(made, recipe=recipe), "torch", Report())
    assert files is not None
    assert f'PATH = "{spec.parent.resolve() / "some.npz"}"' in files["data.py"]


@pytest.mark.parametrize("name", ["data", "lightning", "datasets"])
def test_a_network_that_would_hide_a_module(
    name: str, spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec.write_text(
        SPEC.replace("network net", f"network {name}").replace("train net", f"train {name}")
    )
    assert main(["generate", str(spec), "--backend", "torch", "--train", "-o", "out"]) == 1
    assert f"error[reserved-name]: a network that is trained cannot be called `{name}`" in (
        capsys.readouterr().err
    )
    assert not Path("out").exists()
