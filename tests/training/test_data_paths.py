"""Where data are looked for: in a spec below its folder, on the command line anywhere."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archspec.diagnostics import Report
from archspec.source import SourceText, Span
from archspec.training.source import with_data
from archspec.training.sources import located

sys.path.insert(0, str(Path(__file__).parent))

from parts import choice, recipe, two_classes


@pytest.mark.parametrize("path", ["../out", "/etc", "C:\\data", "a/../../out", "~/data", "link"])
def test_paths_of_a_spec_stay_below_its_folder(path: str, tmp_path: Path) -> None:
    root = tmp_path / "spec"
    root.mkdir()
    (tmp_path / "out").mkdir()
    (root / "link").symlink_to(tmp_path / "out")
    for source in ("folder", "arrays", "huggingface"):
        report = Report()
        made = in_spec(root, source, path=path)
        assert located(made, report) is None
        assert [one.code for one in report.diagnostics] == ["outside-root"]
    report = Report()
    assert located(in_spec(root, "folder", path="inside", validation=path), report) is None


def in_spec(root: Path, source: str, **given: Any) -> Any:
    """A recipe whose data are named in a spec in that folder."""
    span = Span(SourceText(str(root / "model.arch"), "data"), 0, 4)
    return recipe(data=replace(choice("data", source, **given), span=span))


def test_paths_inside_are_found(tmp_path: Path) -> None:
    made = in_spec(tmp_path, "folder", path="images", validation="more/images")
    found = located(made, Report())
    assert found is not None
    assert found.data is not None
    assert found.data.attributes["path"] == str(tmp_path.resolve() / "images")
    assert found.data.attributes["validation"] == str(tmp_path.resolve() / "more/images")
    hub = in_spec(tmp_path, "huggingface", path="ylecun/mnist", validation="test")
    assert located(hub, Report()) == hub


def test_kinds_of_data_on_the_command_line(tmp_path: Path) -> None:
    two_classes(tmp_path / "images")
    (tmp_path / "stored").mkdir()
    (tmp_path / "stored" / "dataset_dict.json").write_text("{}")
    (tmp_path / "apart").mkdir()
    np.save(tmp_path / "apart" / "x.npy", np.zeros(3))
    kinds = {"images": "folder", "stored": "huggingface", "apart": "arrays", "a.npz": "arrays"}
    for name, kind in kinds.items():
        found = with_data(recipe(data=choice("data", "digits")), tmp_path / name)
        assert found.data is not None
        assert found.data.name == kind
        assert found.data.attributes["path"] == str(tmp_path / name)
