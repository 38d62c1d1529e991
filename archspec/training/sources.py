"""Where data are: paths of a spec, which lie below its folder, and those of a command line."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from archspec.diagnostics import Report
from archspec.ops.attributes import Attributes
from archspec.recipes import Choice, Recipe
from archspec.recipes.registry import find
from archspec.source import NOWHERE

STORED = ("dataset_dict.json", "dataset_info.json")
"""One of these stands in a folder that the library `datasets` wrote."""

HUB = re.compile(r"[A-Za-z0-9][\w.-]*(/[\w.-]+)?")
"""What names on the hub look like."""


def located(recipe: Recipe, root: Path, report: Report) -> Recipe | None:
    """The recipe with whole paths; None after reporting one that leaves the spec's folder.

    `root` is the folder of the spec. The name of a data set on the hub is no path.
    """
    chosen = recipe.data
    if chosen is None:
        return recipe
    given = dict(chosen.attributes.items())
    for name in ("path", "validation"):
        value = given.get(name)
        if value is None or (chosen.name == "huggingface" and _is_name(root, value, name)):
            continue
        whole = _below(root, value)
        if whole is None:
            message = f'"{value}" lies outside the folder of the spec'
            help = "put the data below that folder, or name them with `--data`"
            report.add("outside-root", chosen.span, message, label="not read", help=help)
            return None
        given[name] = str(whole)
    return replace(recipe, data=replace(chosen, attributes=Attributes(given)))


def _is_name(root: Path, value: str, key: str) -> bool:
    """Whether a data set is one of the hub and no path; its `validation` names a part of it."""
    if key == "validation":
        return True
    named = HUB.fullmatch(value) is not None and ".." not in value
    return named and not os.path.lexists(root / value)


def _below(root: Path, value: str) -> Path | None:
    """The place of a path, unless it is absolute, or leads out, by links too."""
    if "\0" in value or value.startswith(("/", "\\", "~")) or value[1:2] == ":":
        return None
    real, inside = os.path.realpath(root / value), os.path.realpath(root)
    return Path(real) if os.path.commonpath([real, inside]) == inside else None


def with_data(recipe: Recipe, path: Path, report: Report) -> Recipe | None:
    """The recipe with the data at `path`, whose kind is seen from what is there."""
    kind = kind_of(path)
    if kind is None:
        what = "is no folder and no .npz file" if path.exists() else "does not exist"
        help = "give a folder with one folder of images for each class, or arrays in an .npz file"
        report.add("unusable-data", NOWHERE, f"{path} {what}", help=help)
        return None
    chosen = recipe.data
    record = find("data", kind)
    assert record is not None
    given: dict[str, Any] = {one.name: one.default for one in record.attributes}
    if chosen is not None and chosen.name == kind:
        given = dict(chosen.attributes.items())
    given["path"] = str(path.resolve())
    span = NOWHERE if chosen is None else chosen.span
    return replace(recipe, data=Choice(record, Attributes(given), span))


def kind_of(path: Path) -> str | None:
    """The kind of source that a path holds."""
    if not path.is_dir():
        return "arrays" if path.is_file() else None
    if any((path / name).is_file() for name in STORED):
        return "huggingface"
    return "arrays" if any(path.glob("*.npy")) else "folder"
