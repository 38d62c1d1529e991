"""What the plan of generated code keeps of a spec: a heading, the spec, and the plan as text.

Run with `ARCHSPEC_REGENERATE=1` to write what comes out now into the file; then read the change.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import archspec
from archspec.lowering.planner import plan
from archspec.lowering.show import show

FILE = Path(__file__).with_name("plan.md")
CASE = re.compile(
    r"^## (.+?)\n.*?^```arch\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
CASES = {title: (source, text) for title, source, text in CASE.findall(FILE.read_text())}


def found(source: str) -> str:
    path = Path("model.arch")
    path.write_text(source)
    compilation = archspec.load(path, network="net")
    graph = compilation.graph()
    assert graph is not None, compilation.diagnostics
    return show(plan(graph)) + "\n"


@pytest.mark.parametrize("title", CASES)
def test_plan(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source, expected = CASES[title]
    now = found(source)
    if os.environ.get("ARCHSPEC_REGENERATE"):
        before = f"```arch\n{source}```\n\n```text\n"
        text = FILE.read_text()
        assert text.count(before + expected) == 1
        FILE.write_text(text.replace(before + expected, before + now))
        return
    assert now == expected
