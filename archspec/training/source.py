"""The data of a recipe, loaded by the code that is generated for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from archspec.ir import Graph
from archspec.recipes import Choice, Recipe
from archspec.recipes.stored import choice
from archspec.training.data_file import data_file
from archspec.training.sources import kind_of


class Unusable(Exception):
    """The data cannot be used; the text says why."""


def with_data(recipe: Recipe, path: Path) -> Recipe:
    """The recipe with other data: a folder of images by class, arrays, or a stored data set.

    A source in the recipe that takes such a path keeps its other settings.
    """
    kind = kind_of(path)
    if recipe.data is not None and recipe.data.name == kind:
        stored = {**recipe.data.json(), "path": str(path)}
    else:
        stored = {"name": kind, "path": str(path)}
    return replace(recipe, data=choice("data", stored))


def for_evaluation(recipe: Recipe, whole: bool) -> Recipe:
    """The recipe for one pass; `whole` data are not split.

    Augmentation stays: a crop says what is done outside of training, too.
    """
    share = 0.0 if whole else recipe.validation
    return replace(recipe, accumulate=1, validation=share)


def load(recipe: Recipe, graph: Graph) -> Any:
    """The parts of the data (`train`, `validation`, `classes`); `Unusable` says what is wrong."""
    module = ModuleType("data")
    # The text is ours: it is made of tested pieces, and of values that are written as literals.
    exec(compile(data_file(recipe, graph), "data.py", "exec"), module.__dict__)
    try:
        return module.load()
    except module.DataError as problem:
        raise Unusable(str(problem)) from None
    except ImportError as problem:
        raise Unusable(f'{problem}: install it with `pip install "archspec-nn[train]"`') from None


def described(data: Choice | None) -> str:
    """The source in a few words."""
    if data is None:
        return "no data"
    path = dict(data.attributes.items()).get("path")
    return data.name if path is None else f"{data.name} {path}"
