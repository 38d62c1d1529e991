"""The official models that are small enough for every run; `make official` compares them all."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import archspec
from archspec.source import shipped

HERE = Path(__file__).parent
REFERENCE = HERE.parents[1] / "build" / "reference"


# A folder of scripts is no package: the table is run, not imported.
ROWS = runpy.run_path(str(HERE / "rows.py"), run_name="rows")["ROWS"]


@pytest.mark.parametrize("spec", [row.spec for row in ROWS if row.quick])
def test_generated_code_computes_what_the_official_model_does(spec: str) -> None:
    if not spec.startswith("keras/") and not REFERENCE.is_dir():
        pytest.skip("`make test` installs the library in build/reference")
    command = [sys.executable, HERE / "compare.py", spec]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(rf"^{spec} .* equal$", done.stdout, re.MULTILINE), done.stdout


def test_every_official_network_is_in_the_table() -> None:
    named = [name for name in shipped.names() if "/" in name]
    networks = [one for one in named if one.rpartition("/")[2] in archspec.load(one).networks]
    assert sorted(networks) == sorted(row.spec for row in ROWS)
