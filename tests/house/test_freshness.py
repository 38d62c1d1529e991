"""Generated pages say what the code says today."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_generated_pages_are_fresh() -> None:
    generator = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    stale = [str(path.relative_to(ROOT)) for path in generator["stale"]()]
    assert not stale, f"run `make docs`: {stale}"
