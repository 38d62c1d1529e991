"""The layers of shipped networks, one table each, to compare with the tables of the papers.

Run with `ARCHSPEC_REGENERATE=1` to write the tables as they are now; then read the change.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import archspec

FILE = Path(__file__).with_name("layers.md")
CASE = re.compile(r"^## `(\w+)`.*?\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLES = dict(CASE.findall(FILE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str) -> None:
    now, before = f"{archspec.load(name).summary()}\n", TABLES[name]
    if os.environ.get("ARCHSPEC_REGENERATE"):
        head, tail = FILE.read_text(encoding="utf-8").split(f"## `{name}`", 1)
        tail = tail.replace(f"```text\n{before}```", f"```text\n{now}```", 1)
        FILE.write_text(f"{head}## `{name}`{tail}", encoding="utf-8")
        return
    assert now == before
