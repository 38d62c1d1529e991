"""The recipe in a file beside the graph, for the frameworks' processes."""

from __future__ import annotations

import json
from pathlib import Path

from archspec.recipes import Recipe
from archspec.recipes.stored import from_json

NAME = "recipe.json"


def store_recipe(folder: Path, recipe: Recipe) -> None:
    """Write the recipe."""
    (folder / NAME).write_text(json.dumps(recipe.json()), encoding="utf-8")


def load_recipe(folder: Path) -> Recipe:
    """The recipe that `store_recipe` wrote."""
    return from_json(json.loads((folder / NAME).read_text(encoding="utf-8")))
