"""Where data are: paths of a spec lie below its folder."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from archspec.diagnostics import Report
from archspec.ops.attributes import Attributes
from archspec.recipes import Recipe
from archspec.source import NOWHERE

STORED = ("dataset_dict.json", "dataset_info.json")
"""One of these stands in a folder that the library `datasets` wrote."""

HUB = re.compile(r"[A-Za-z0-9][\w.-]*(/[\w.-]+)?")
"""What names on the hub look like."""


def located(recipe: Recipe, report: Report) -> Recipe | None:
    """The recipe with whole paths; None after reporting one that leaves the spec's folder.

    Paths that no spec names, such as those of a command line, stay as they are, as do names of
    data sets on the hub.
    """
    chosen = recipe.data
    if chosen is None or chosen.span.source is NOWHERE.source:
        return recipe
    root = Path(chosen.span.source.name).parent
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


def kind_of(path: Path) -> str:
    """The kind of source that a path holds; a file can only hold arrays."""
    if not path.is_dir():
        return "arrays"
    if any((path / name).is_file() for name in STORED):
        return "huggingface"
    return "arrays" if any(path.glob("*.npy")) else "folder"
