"""Published networks: a heading, the spec, and its totals.

Run with `ARCHSPEC_REGENERATE=1` to write what comes out now into the file; then read the change.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import archspec
from archspec.diagnostics.render_text import render_text

FILE = Path(__file__).with_name("architectures.md")
CASE = re.compile(r"^## (.+?)\n+```arch\n(.*?)^```\n+```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASES = {title: (spec, totals) for title, spec, totals in CASE.findall(FILE.read_text())}


def found(folder: Path, spec: str) -> str:
    path = folder / "model.arch"
    path.write_text(spec)
    compilation = archspec.load(path)
    summary = compilation.summary()
    if summary is None or compilation.diagnostics:
        return render_text(compilation.diagnostics) + "\n"
    lines = [f"{port.name}: {list(port.shape)}" for port in summary.outputs]
    for name in ("parameters", "running_statistics", "macs"):
        lines.append(f"{name}: {getattr(summary, name):,}")
    lines.append(f"layers: {len(summary.layers):,}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("title", CASES)
def test_totals(title: str, tmp_path: Path) -> None:
    spec, expected = CASES[title]
    now = found(tmp_path, spec)
    if os.environ.get("ARCHSPEC_REGENERATE"):
        text = FILE.read_text()
        before = f"{spec}```\n\n```text\n"
        assert text.count(before + expected) == 1
        FILE.write_text(text.replace(before + expected, before + now))
        return
    assert now == expected
