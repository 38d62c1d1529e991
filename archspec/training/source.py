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

    A source in the recipe that takes such a path keeps its other settings. `Unusable` where that
    takes another, and validation data of the old kind would be lost.
    """
    kind, before = kind_of(path), recipe.data
    stored = {"name": kind, "path": str(path)}
    if before is not None and before.name == kind:
        stored = {**before.json(), "path": str(path)}
    elif before is not None and dict(before.attributes.items()).get("validation") is not None:
        text = f"{path} has {kind}, and the recipe validates on the {before.name} that it names"
        raise Unusable(text)
    return replace(recipe, data=choice("data", stored))


def for_evaluation(recipe: Recipe, path: Path | None) -> Recipe:
    """The recipe for one pass, over all that lies at `path` where one is given.

    Augmentation stays: a crop says what is done outside of training, too.
    """
    recipe = replace(recipe, accumulate=1)
    if path is None:
        return recipe
    data = recipe.data
    if data is not None and "validation" in dict(data.attributes.items()):
        recipe = replace(recipe, data=data.having(validation=None))
    return with_data(replace(recipe, validation=0.0), path)


def data_module(recipe: Recipe, graph: Graph) -> ModuleType:
    """The generated data.py of the recipe, executed."""
    module = ModuleType("data")
    # The text is ours: it is made of tested pieces, and of values that are written as literals.
    try:
        exec(compile(data_file(recipe, graph), "data.py", "exec"), module.__dict__)
    except ImportError as problem:
        raise Unusable(f'{problem}: install it with `pip install "archspec-nn[train]"`') from None
    return module


def load(recipe: Recipe, graph: Graph) -> Any:
    """The parts of the data (`train`, `validation`, `classes`); `Unusable` says what is wrong."""
    module = data_module(recipe, graph)
    try:
        return module.load()
    except module.DataError as problem:
        raise Unusable(str(problem)) from None


def described(data: Choice | None) -> str:
    """The source in a few words."""
    if data is None:
        return "no data"
    path = dict(data.attributes.items()).get("path")
    return data.name if path is None else f"{data.name} {path}"
