"""The PyTorch code of every shipped spec is formatted, linted and typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import archspec
from archspec.source import shipped

LINTED = "ARG,B,C4,C90,E,F,I,PERF,PIE,PLR5,RET,RUF,SIM,UP"
# Layers with their arguments are defaults here as in PyTorch's own vision models.
LEFT_OUT = "B008"


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One network of each shipped file."""
    folder = tmp_path_factory.mktemp("code")
    for number, file in enumerate(shipped.files()):
        for name in shipped.networks(file):
            made = archspec.load(file, name).generate("torch")
            if made is not None:
                (folder / f"{name}_{number}.py").write_text(made.files[f"{made.module}.py"])
                break
    return folder


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_shipped_code_is_formatted_and_linted(code: Path) -> None:
    options = ("--isolated", "--line-length", "100", "--no-cache")
    assert run("ruff", "format", "--check", *options, code) == ""
    assert run("ruff", "check", "--select", LINTED, "--ignore", LEFT_OUT, *options, code) == ""


def test_shipped_code_is_typed(code: Path) -> None:
    # PyTorch declares the result of every call of a module as Any.
    options = ("--strict", "--no-warn-return-any", "--config-file=")
    cache = "--cache-dir=.mypy_cache/generated"
    assert run("mypy", *options, cache, *code.glob("*.py")) == ""
