"""The tables of summaries, beside their specs in `summary.md`, and the shape of the JSON form.

Run with `ARCHSPEC_REGENERATE=1` to write the tables as they are now; then read the change.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import archspec

FILE = Path(__file__).with_name("summary.md")
CASE = re.compile(
    r"^## (.+?)\n\n```arch\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
CASES = CASE.findall(FILE.read_text(encoding="utf-8"))


def check(title: str, spec: str, expected: str, folder: Path) -> None:
    """Compare the table with the file, or bring the file up to date."""
    (folder / "model.arch").write_text(spec)
    found = f"{archspec.load(folder / 'model.arch').summary()}\n"
    if os.environ.get("ARCHSPEC_REGENERATE"):
        text = FILE.read_text(encoding="utf-8")
        start = text.index(f"## {title}\n")
        head, tail = text[:start], text[start:]
        old = f"```text\n{expected}```"
        FILE.write_text(head + tail.replace(old, f"```text\n{found}```", 1), encoding="utf-8")
        return
    assert found == expected


@pytest.mark.parametrize(("title", "spec", "expected"), CASES, ids=[case[0] for case in CASES])
def test_tables(title: str, spec: str, expected: str, tmp_path: Path) -> None:
    check(title, spec, expected, tmp_path)


def test_the_json_form_has_the_documented_keys_and_its_layers_add_up() -> None:
    summary = archspec.load("resnet18").summary()
    assert summary is not None
    data = json.loads(json.dumps(summary.to_json()))
    assert data["network"] == "resnet18"
    assert data["inputs"] == [{"name": "image", "shape": [224, 224, 3], "training_only": False}]
    assert [one["shape"] for one in data["outputs"]] == [[1000]]
    assert data["parameters"] == data["trainable_parameters"] == 11_689_512
    assert data["macs"] == 1_814_073_344
    for total in ("parameters", "running_statistics", "macs", "activation_bytes"):
        assert data[total] == sum(layer[total] for layer in data["layers"])
    first = data["layers"][0]
    assert first["path"] == "stem.conv_bn.conv"
    assert first["op"] == "conv"
    assert first["output_shape"] == [112, 112, 64]
    assert first["output_shapes"] == [[112, 112, 64]]
    assert first["training_only"] is False
