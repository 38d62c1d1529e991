"""Every spec in the guide is a good one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import archspec

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
SPECS = [
    pytest.param(text, id=f"{page.stem}-{number}")
    for page in sorted(GUIDE.glob("*.md"))
    for number, text in enumerate(re.findall(r"```arch\n(.*?)```", page.read_text(), re.DOTALL), 1)
]


@pytest.mark.parametrize("text", SPECS)
def test_it_checks_without_findings(text: str, tmp_path: Path) -> None:
    path = tmp_path / "guide.arch"
    path.write_text(text)
    found = [f"{one.span}: {one.code}: {one.message}" for one in archspec.load(path).check()]
    assert not found


def test_there_are_specs_in_the_guide() -> None:
    assert len(SPECS) >= 8
