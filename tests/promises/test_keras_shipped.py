"""The Keras code of every shipped network is formatted, and clean under strict lint rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import archspec
from archspec.source import shipped

RULES = "E,F,I,UP,B,SIM,C4,RET,PIE,ARG"
LINES = ("--isolated", "--line-length", "100")


def ruff(*command: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *map(str, command)],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_code_of_shipped_networks_is_formatted_and_clean(tmp_path: Path) -> None:
    written = 0
    for name in shipped.names():
        compilation = archspec.load(name)
        if compilation.graph() is None:
            continue  # A template has no network of its own.
        generated = compilation.generate("keras")
        assert generated is not None, (name, compilation.diagnostics)
        for file, text in generated.files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True)
            path.write_text(text)
            written += 1
    assert written > 50
    assert ruff("format", "--check", *LINES, tmp_path) == ""
    assert ruff("check", "--select", RULES, *LINES, tmp_path) == ""
