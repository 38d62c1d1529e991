"""The wheel works where neither framework is installed, and says what is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, **options
    )


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, from a wheel in an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "build", "-w", "-n", "-o", folder, ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    environment = {**os.environ, "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    done = run(python, "-m", "pip", "install", "--quiet", wheel, env=environment)
    assert done.returncode == 0, done.stderr
    return python.parent / "archspec"


def test_the_commands_without_a_framework_work(tool: Path, tmp_path: Path) -> None:
    def ok(*words: object) -> str:
        done = run(tool, *words, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    ok("check", "resnet50")
    assert json.loads(ok("summary", "lenet5", "--json"))["parameters"] == 61_706
    for backend in ("torch", "keras"):
        ok("generate", "resnet50", "--backend", backend, "-o", tmp_path / backend)
        assert list((tmp_path / backend).glob("*.py"))
    assert "shape-mismatch" in ok("explain", "shape-mismatch")
    assert "googlenet" in ok("specs")


def test_verify_names_the_extra_to_install(tool: Path, tmp_path: Path) -> None:
    done = run(tool, "verify", "lenet5", cwd=tmp_path)
    assert done.returncode in (1, 2)
    said = done.stdout + done.stderr
    assert "archspec-nn[torch]" in said
    assert "archspec-nn[keras]" in said
    assert "Traceback" not in said
