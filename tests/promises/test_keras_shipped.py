"""The Keras code of every shipped network is formatted, typed, and clean under strict rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import archspec
from archspec.source import shipped

RULES = "E,F,I,UP,B,SIM,C4,RET,PIE,ARG"
LINES = ("--isolated", "--line-length", "100")


def run(*command: str | Path) -> str:
    """What a tool complains about."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the code of every network that has one."""
    folder = tmp_path_factory.mktemp("code")
    for name in shipped.names():
        compilation = archspec.load(name)
        if compilation.graph() is None:
            continue  # A template has no network of its own.
        generated = compilation.generate("keras")
        assert generated is not None, (name, compilation.diagnostics)
        (text,) = generated.files.values()
        (folder / f"{name.replace('/', '_')}.py").write_text(text)
    assert len(list(folder.iterdir())) > 50
    return folder


def test_code_of_shipped_networks_is_formatted(code: Path) -> None:
    assert run("ruff", "format", "--check", *LINES, code) == ""


def test_code_of_shipped_networks_is_clean(code: Path) -> None:
    assert run("ruff", "check", "--select", RULES, *LINES, code) == ""


def test_code_of_shipped_networks_is_typed(code: Path) -> None:
    # Keras has no type information, so what its classes are cannot be checked.
    options = ("--disallow-untyped-defs", "--ignore-missing-imports", "--config-file=")
    assert run("mypy", *options, "--cache-dir=.mypy_cache/generated", code) == ""
