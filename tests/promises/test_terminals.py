"""What is told reaches any terminal: findings never end in an error of encoding."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from archspec.cli.main import main


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_terminals_that_lack_the_signs(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.arch"
    path.write_text("network n { input x[8] a: { conv(0, 1) } } # 層 \U0001f600 é\n")
    raw = io.BytesIO()
    said = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    monkeypatch.setattr(sys, "stdout", said)
    assert main(["check", str(path)]) == 1
    shown = raw.getvalue().decode(encoding)
    assert "error[wrong-rank]" in shown or "error[out-of-range]" in shown
    assert "?" in shown
