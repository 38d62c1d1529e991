"""What targets the data of a recipe give: the loss and the source decide it, for all frameworks."""

from __future__ import annotations

from typing import Literal

from archspec.ir import Graph
from archspec.recipes import Recipe
from archspec.recipes.record import Loss

Kind = Literal["classes", "distributions", "labels", "bits", "numbers"]
"""As losses name them, but a loss of `classes` is given the number of the class by sources that
know it, and else a distribution over the classes."""

OF_CLASSES = ("digits", "folder")
"""Sources in which each sample has one class."""


def source_of(recipe: Recipe, graph: Graph) -> str:
    """The kind of source; where the recipe names none, the one that the network is likely to take.

    That is a folder for pictures and their classes, else arrays.
    """
    if recipe.data is not None:
        return recipe.data.name
    losses = {one.attributes["output"] or graph.output_names[0]: one for one in recipe.losses}
    records = [losses[name].record for name in graph.output_names if name in losses]
    single = len(graph.inputs) == len(records) == 1
    pictures = len(graph.inputs[0].shape) == 3
    numbers = isinstance(records[0], Loss) and records[0].targets == "numbers"
    return "folder" if single and pictures and not numbers else "arrays"


def targets_of(loss: Loss, recipe: Recipe, graph: Graph) -> Kind:
    """What the targets of an output with this loss are, as batches hold them."""
    if loss.targets == "classes" and source_of(recipe, graph) not in OF_CLASSES:
        return "distributions"
    return loss.targets
