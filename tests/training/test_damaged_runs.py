"""Folders of runs in which something is damaged: one clear line, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archspec.cli.main import main
from archspec.compiler import load
from archspec.runs import open_run

SPEC = """network net { input x[4] dense(3) -> softmax }
train net {
  data:      digits
  loss:      categorical_crossentropy
  optimizer: adam(learning_rate=0.01)
  schedule:  warmup(1, then=cosine)
  metrics:   [accuracy, top_k(2)]
  epochs:    2
  batch_size: 4
}
"""
NOTED = {"network": "net", "backend": "torch", "classes": ["a", "b", "c"]}
FOREIGN = (None, 5, "x", [], {}, [1], {"a": 1}, True, "\0", 10**400, [[]])
"""What is put in the place of each value in turn."""


def written(folder: Path) -> dict[str, Any]:
    """A run's folder as training leaves it, without weights; its JSON files by name."""
    (folder / "spec.arch").write_text(SPEC)
    training = load(folder / "spec.arch").training()
    assert training is not None
    files = {"run.json": NOTED, "recipe.json": training.recipe.json()}
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content))
    return files


def places(value: Any, *before: Any) -> list[tuple[Any, ...]]:
    """The way to every value inside."""
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    return [before, *(way for key, one in inside for way in places(one, *before, key))]


def with_foreign(value: Any, way: tuple[Any, ...], foreign: Any) -> Any:
    """The same with something else at the end of the way."""
    if not way:
        return foreign
    changed = value.copy()
    changed[way[0]] = with_foreign(value[way[0]], way[1:], foreign)
    return changed


def test_what_a_run_notes_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    files = written(tmp_path)
    run = open_run(tmp_path)
    assert run is not None
    assert run.training.recipe.json() == files["recipe.json"]
    refused = 0
    for name, content in files.items():
        for way in places(content):
            for foreign in FOREIGN:
                (tmp_path / name).write_text(json.dumps(with_foreign(content, way, foreign)))
                refused += open_run(tmp_path) is None
        (tmp_path / name).write_text(json.dumps(content))
    assert refused > 400


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "\ud800"])
@pytest.mark.parametrize("name", ["run.json", "recipe.json"])
def test_other_texts_are_told(
    name: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path)
    (tmp_path / name).write_bytes(text.encode(errors="surrogatepass"))
    assert main(["evaluate", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"error: {tmp_path} is no folder of a run")


TABLES = (
    *(b"", b"garbage", b"epoch,loss\n", b"epoch\n0\n", b"loss\n1\n", b"epoch,loss\n0,a\n"),
    *(b"epoch,loss\n0,1,2\n", b"\xff\xfe", b"epoch,loss\n0,\0\n", b'a,"' + b"x" * 200_000),
)


@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
def test_tables_that_are_none_are_told(
    table: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "metrics.csv").write_bytes(table)
    picture = tmp_path / "curves.png"
    assert main(["curves", str(tmp_path), "-o", str(picture)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"error: {tmp_path / 'metrics.csv'} is no table of metrics")
    assert not picture.exists()
