"""What the user has is not overwritten without `--force`, by any command that writes."""

from __future__ import annotations

from pathlib import Path

import pytest

import archspec
from archspec.cli.main import main
from archspec.weights.files import store
from archspec.weights.initial import initial


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.arch"
    path.write_text("network tiny { input x[4] dense(2) }")
    graph = archspec.load(path).graph()
    assert graph is not None
    store(tmp_path / "own.safetensors", initial(graph))
    return path


def commands(spec: Path, target: Path) -> dict[str, list[str]]:
    own = str(spec.with_name("own.safetensors"))
    return {
        "import": ["weights", "import", str(spec), "--from", own, "-o", str(target)],
        "export": ["weights", "export", str(spec), own, "--to", "torch", "-o", str(target)],
    }


@pytest.mark.parametrize("what", ["import", "export"])
@pytest.mark.parametrize("kind", ["file", "link to nowhere"])
def test_weights_are_kept(
    what: str, kind: str, spec: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "mine.safetensors"
    if kind == "file":
        target.write_bytes(b"mine")
    else:
        target.symlink_to(tmp_path / "nowhere")
    words = commands(spec, target)[what]
    assert main(words) == 2
    assert "would overwrite" in capsys.readouterr().err
    assert target.is_symlink() if kind != "file" else target.read_bytes() == b"mine"
    assert main([*words, "--force"]) == 0
    assert target.stat().st_size > 4


def test_a_link_that_leads_nowhere_is_kept(spec: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    words = ["generate", str(spec), "--backend", "torch", "-o", str(folder)]
    assert main(words) == 0
    (made,) = folder.iterdir()
    made.unlink()
    made.symlink_to(tmp_path / "nowhere")
    assert main(words) == 2
    assert made.is_symlink()


def test_the_small_spec_of_verify_is_not_written_over(
    spec: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = tmp_path / "small.arch"
    small.write_text("mine")
    assert main(["verify", str(spec), "--minimal", str(small)]) == 2
    assert "would overwrite" in capsys.readouterr().err
    assert small.read_text() == "mine"
