"""Malformed specs with what the user is told: a heading, the spec, the rendered diagnostics.

Run with `ARCHSPEC_REGENERATE=1` to write what is told now into the files; then read the change.
Besides the `arch` block, the spec itself, a case may have blocks `arch FILE` (a file beside it),
`set` (values for parameters, a line each) and `network` (the one to build).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import archspec
from archspec.diagnostics.render_text import render_text

FOLDER = Path(__file__).parent / "diagnostics"
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
BLOCK = re.compile(r"^```([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Case:
    """One heading with its blocks by their info string."""

    file: Path
    title: str
    blocks: dict[str, str] = field(default_factory=dict)


def cases() -> list[Case]:
    found = []
    for file in sorted(FOLDER.glob("*.md")):
        _, *parts = HEADING.split(file.read_text(encoding="utf-8"))
        for title, text in zip(parts[::2], parts[1::2], strict=True):
            found.append(Case(file, title, dict(BLOCK.findall(text))))
    return found


def told(case: Case) -> str:
    """What the user is told about the spec, which is written into the current folder."""
    for info, text in case.blocks.items():
        if info.startswith("arch"):
            Path(info.removeprefix("arch").strip() or "model.arch").write_text(text)
    network = case.blocks.get("network", "").strip() or None
    compilation = archspec.load("model.arch", network=network)
    if "set" in case.blocks:
        compilation.graph(overrides=case.blocks["set"].splitlines())
    return render_text(compilation.diagnostics) + "\n"


def check(case: Case) -> None:
    """Compare what is told with the file, or bring the file up to date."""
    found = told(case)
    if os.environ.get("ARCHSPEC_REGENERATE"):
        before = case.file.read_text(encoding="utf-8")
        start = before.index(f"\n## {case.title}\n")
        block = re.compile(r"^```text\n.*?^```$", re.MULTILINE | re.DOTALL)
        after = before[:start] + block.sub(
            lambda _: f"```text\n{found}```", before[start:], count=1
        )
        case.file.write_text(after, encoding="utf-8")
        return
    assert found == case.blocks["text"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.file.stem}: {case.title}")
def test_told(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check(case)


def test_titles_are_unique() -> None:
    titles = [(case.file, case.title) for case in cases()]
    assert len(titles) == len(set(titles))
