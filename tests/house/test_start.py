"""Starting is cheap: what a command must not import, seen in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import pytest

FRAMEWORKS = {"torch", "keras", "tensorflow", "jax"}
HEAVY = FRAMEWORKS | {
    "numpy",
    "pydantic",
    "jinja2",
    "safetensors",
    "importlib.metadata",
    "difflib",
    "archspec_torch",
    "archspec_keras",
}

SCRIPT = """
import sys
from archspec.cli.main import main
code = main({words!r})
print("EXIT", code)
print("MODULES", *sorted(sys.modules))
"""


def imported(*words: str) -> set[str]:
    """All modules in memory after a command line that must succeed."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(words=list(words))],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert "EXIT 0" in lines, done.stdout + done.stderr
    return set(next(line for line in lines if line.startswith("MODULES")).split()[1:])


@pytest.mark.parametrize("words", [("check", "resnet152"), ("summary", "lenet5"), ("--help",)])
def test_the_everyday_commands_import_nothing_heavy(words: tuple[str, ...]) -> None:
    assert not imported(*words) & HEAVY


@pytest.mark.parametrize("backend", ["torch", "keras"])
def test_generating_imports_no_framework(backend: str, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("out")
    seen = imported("generate", "resnet18", "--backend", backend, "-o", str(folder))
    assert f"archspec_{backend}" in seen
    assert not seen & FRAMEWORKS


def test_a_check_loads_only_the_ops_that_the_spec_names() -> None:
    seen = imported("check", "lenet5")
    assert "archspec.ops.convolution.conv" in seen
    assert "archspec.ops.convolution.transposed_conv" not in seen
