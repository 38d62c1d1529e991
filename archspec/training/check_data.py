"""check_data: whether data can be read and fit the network, before any framework starts."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.recipes import Recipe
from archspec.source import NOWHERE
from archspec.training.check_source import check_source, place
from archspec.training.data_file import data_file

MISSING = {
    "PIL": "pillow",
    "datasets": "datasets",
    "scipy": "scipy",
    "sklearn": "scikit-learn",
}
"""Distributions by what is imported."""


def check_data(recipe: Recipe, graph: Graph, path: Path | None, report: Report) -> bool:
    """Load the data as training will, and report `unusable-data` where that fails.

    `path` is where the data are, instead of what the recipe says. A sample of each part is read;
    image files that come later are found when training meets them.
    """
    if not check_source(recipe, graph, report):
        return False
    found = data_module(recipe, graph, report)
    if found is None:
        return False
    try:
        found.load(None if path is None else str(path))
    except found.DataError as error:
        report.add("unusable-data", place(recipe), str(error))
        return False
    return True


def data_module(recipe: Recipe, graph: Graph, report: Report) -> ModuleType | None:
    """The generated data.py, run; None after reporting what is not installed."""
    made = ModuleType("data")
    code = compile(data_file(recipe, graph), "data.py", "exec")
    try:
        exec(code, made.__dict__)
    except ImportError as error:
        name = (error.name or "").split(".")[0]
        help = f'install it with `pip install "{MISSING.get(name, name)}"`'
        report.add("unusable-data", NOWHERE, f"reading the data needs {name}: {error}", help=help)
        return None
    return made
