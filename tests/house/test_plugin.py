"""A stranger's distribution: its back end and its op are found and used like the built-in ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[1] / "plugin_sample"

SPEC = """
network small() {
  input digits[8, 8, 1]
  flatten
  hidden: dense(16) -> mish
  dense(10)
}
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the sample is installed as a distribution of its own."""
    folder = tmp_path_factory.mktemp("site")
    install = ["-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target"]
    subprocess.run([sys.executable, *install, str(folder), str(SAMPLE)], check=True)
    return {**os.environ, "PYTHONPATH": str(folder)}


def archspec(environment: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archspec.cli.main", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_it_is_found_and_used(environment: dict[str, str], tmp_path: Path) -> None:
    spec = tmp_path / "small.arch"
    spec.write_text(SPEC)
    done = archspec(environment, "generate", spec, "--backend", "numpy", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stdout + done.stderr
    text = (tmp_path / "out" / "small.py").read_text()
    assert 'weights["hidden.dense.kernel"]' in text
    assert "np.tanh(np.log1p(np.exp(x)))" in text


def test_what_it_cannot_lower_is_a_diagnostic(environment: dict[str, str], tmp_path: Path) -> None:
    done = archspec(environment, "generate", "lenet5", "--backend", "numpy", "-o", tmp_path)
    assert done.returncode == 1
    assert "not-lowerable" in done.stdout + done.stderr
    assert "the back end numpy cannot express conv" in done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


def test_a_built_in_back_end_refuses_a_strangers_op(
    environment: dict[str, str], tmp_path: Path
) -> None:
    spec = tmp_path / "small.arch"
    spec.write_text(SPEC)
    done = archspec(environment, "generate", spec, "--backend", "torch", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "not-lowerable" in done.stdout + done.stderr
    assert "mish" in done.stdout + done.stderr


def test_an_unknown_back_end_gets_the_list(environment: dict[str, str], tmp_path: Path) -> None:
    done = archspec(environment, "generate", "lenet5", "--backend", "tourch", "-o", tmp_path)
    assert done.returncode == 2
    assert "torch" in done.stderr
