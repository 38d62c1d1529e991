"""Damaged and lying files of weights are refused in words, and nothing in them is executed."""

from __future__ import annotations

import io
import json
import pickle
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from examine import show  # the folder is no package
from weights import damaged

from archspec.cli.main import main

torch = pytest.importorskip("torch")


def saved(tensors: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    torch.save(tensors, made)
    return made.getvalue()


def archive(change: Callable[[str, bytes], bytes], packed: int = zipfile.ZIP_STORED) -> bytes:
    """A plain file with its parts changed, and perhaps packed."""
    made = io.BytesIO()
    plain = io.BytesIO(saved({"a.weight": torch.arange(6.0).reshape(2, 3)}))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", packed) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return made.getvalue()


def described(text: bytes) -> bytes:
    return archive(lambda name, part: text if name.endswith("data.pkl") else part)


class Evil:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("executed"),)


def header(**tensors: Any) -> bytes:
    text = json.dumps(tensors).encode()
    return len(text).to_bytes(8, "little") + text + bytes(24)


OLD = 0x1950A86A20F9469CFC6C
"""What files of PyTorch before 1.6 begin with."""
PLACE = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}
FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "code": ("pth", lambda: saved({"a.weight": Evil()}), "could execute code"),
    "code in an old file": (
        "pth",
        lambda: b"".join(map(pickle.dumps, (OLD, 1001, {}, {"a": Evil()}))),
        "could execute code",
    ),
    "a long word of code": (
        "pth",
        lambda: described(b"\x80\x02c" + b"o" * 50_000 + b"\nsystem\n."),
        "a name of 50,007 characters",
    ),
    "one number a trillion times": (
        "pth",
        lambda: saved({"a.weight": torch.zeros(1).expand(10**12)}),
        "more numbers than stand in the file",
    ),
    "views of one storage": (
        "pth",
        lambda: saved({str(i): v for v in [torch.zeros(9000)] for i in range(50)}),
        "many times larger than itself",
    ),
    "sparse": ("pth", lambda: saved({"a": torch.eye(3).to_sparse()}), "no plain list"),
    "without numbers": ("pth", lambda: saved({"a": torch.empty(3, device="meta")}), "no plain"),
    "complex": ("pth", lambda: saved({"a": torch.eye(3) * 1j}), "complex numbers"),
    "eight bits": ("pth", lambda: saved({"a": torch.eye(3).to(torch.float8_e4m3fn)}), "lacks"),
    "a long name": ("pth", lambda: saved({"a" * 1001: torch.eye(3)}), "name of 1,001 characters"),
    "packed": ("pth", lambda: archive(lambda _, part: part, zipfile.ZIP_DEFLATED), "are packed"),
    "bomb": (
        "pth",
        lambda: archive(lambda _, part: part + bytes(10**6), zipfile.ZIP_DEFLATED),
        "are packed",
    ),
    "long description": ("pth", lambda: described(b"N0" * 2_600_000), "5,200,000 bytes"),
    "deep": ("pth", lambda: described(b"\x80\x02)" + b"\x85" * 90_000 + b"."), "no state dict"),
    "no file": ("pth", lambda: b"", "no complete PyTorch file"),
    "huge header": ("safetensors", lambda: (2**63).to_bytes(8, "little"), "no complete safe"),
    "long header": (
        "safetensors",
        lambda: (10_000_001).to_bytes(8, "little") + b" " * 10_000_100,
        "list of tensors has 10,000,001 bytes",
    ),
    "overlapping": (
        "safetensors",
        lambda: header(a=PLACE, b=PLACE),
        "no complete safetensors file",
    ),
    "another type": (
        "safetensors",
        lambda: header(a={**PLACE, "dtype": "F64"}),
        "no complete safetensors file",
    ),
    "no number of rows": (
        "safetensors",
        lambda: header(a={**PLACE, "shape": [float("nan")]}),
        "no complete safetensors file",
    ),
    "deep header": (
        "safetensors",
        lambda: (10**5).to_bytes(8, "little") + b"[" * 10**5,
        "no complete safetensors file",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_hostile_files_are_refused_in_words(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    kind, make, words = FILES[name]
    path = tmp_path / f"hostile.{kind}"
    path.write_bytes(make())
    assert main(["weights", "show", str(path)]) == 2
    assert words in capsys.readouterr().err
    assert not Path("executed").exists()


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_damaged_files(start: int, tmp_path: Path) -> None:
    refused = 0
    for number in range(start, start + 100):
        kind, data = damaged(7, number)
        outcome = show(kind, data, tmp_path)
        assert not outcome.trouble, f"{kind} 7/{number}: {outcome.trouble}"
        refused += outcome.code == 2
    assert refused > 50


def test_names_of_tensors_reach_no_terminal_raw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.pth"
    path.write_bytes(saved({"a\x1b[31m\n.weight": torch.eye(3), "\ud800.bias": torch.eye(1)}))
    assert main(["weights", "show", str(path)]) == 0
    said = capsys.readouterr().out
    assert "a\N{SYMBOL FOR ESCAPE}[31m\N{SYMBOL FOR LINE FEED}.weight" in said
    assert "\x1b" not in said
    assert len(said.splitlines()) == 3
    spec = tmp_path / "net.arch"
    spec.write_text("network net { input x[8] dense(2) }")
    words = ["weights", "import", str(spec), "--from", str(path), "--report", "-o"]
    assert main([*words, str(tmp_path / "out.safetensors")]) == 1
    said = "".join(capsys.readouterr())
    assert "only in the file" in said
    assert "\x1b" not in said
