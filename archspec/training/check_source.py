"""check_source: whether a source of data can serve a network, as far as the spec says."""

from __future__ import annotations

from typing import cast

from archspec.diagnostics import Report
from archspec.dimensions import Shape
from archspec.ir import Graph
from archspec.recipes import Recipe
from archspec.recipes.record import Augment, Preprocess, Source
from archspec.training.facts import Facts, facts
from archspec.training.sources import located

COLOURS = (1, 3, 4)
"""Channels that images can have."""


def check_source(recipe: Recipe, graph: Graph, report: Report) -> bool:
    """Report a source outside of the spec's folder, and one that does not fit the network."""
    return located(recipe, report) is not None and check_fit(recipe, graph, report)


def check_fit(recipe: Recipe, graph: Graph, report: Report) -> bool:
    """Report `unusable-data` where samples of the source cannot be what the network takes.

    Nothing is read.
    """
    if recipe.data is None:
        return True
    known = facts(recipe, graph)
    found = _of_one_input(known) or _classes(recipe, known) or _shape(recipe, known)
    if found is None:
        return True
    message, help = found
    report.add("unusable-data", recipe.data.span, message, label=known.kind, help=help)
    return False


def _of_one_input(known: Facts) -> tuple[str, str] | None:
    """Only arrays have several inputs and targets, and targets of every kind."""
    help = 'use arrays in a file, such as `data: arrays("file.npz")`'
    if known.kind == "arrays":
        return None
    if known.several:
        count = f"{len(known.inputs)} of inputs and {len(known.targets)} of targets"
        return f"`{known.kind}` has one array of inputs and one of targets, not {count}", help
    if known.kind == "huggingface":
        return None
    (target,) = known.targets
    if len(target.shape) > 1 or target.kind == "numbers" or target.answers > 1:
        return f"`{known.kind}` has a class for each sample, the loss wants something else", help
    if len(known.inputs[0]) != 3 or known.inputs[0][-1] not in COLOURS:
        return f"`{known.kind}` has images, the input is {_show(known.inputs[0])}", help
    return None


def _classes(recipe: Recipe, known: Facts) -> tuple[str, str] | None:
    """Whether a source with known classes has as many as the network."""
    assert recipe.data is not None
    there = cast(Source, recipe.data.record).classes
    wanted = known.targets[0].classes if len(known.targets) == 1 else None
    if there is None or wanted is None or there == wanted:
        return None
    help = f"let the output have {there} numbers, or use other data"
    return f"the data have {there} classes, the network has {wanted}", help


def _shape(recipe: Recipe, known: Facts) -> tuple[str, str] | None:
    """Whether the samples have the shape of the input after all that is done to them."""
    assert recipe.data is not None
    wanted = known.inputs[0]
    if known.several or len(wanted) != 3:
        return None
    start = cast(Source, recipe.data.record).shape
    shape = start or (0, 0, wanted[-1])
    for one in recipe.preprocess:
        shape = tuple(cast(Preprocess, one.record).shape(one.attributes, shape))
    before = shape
    for one in recipe.augment:
        shape = tuple(cast(Augment, one.record).shape(one.attributes, shape))
    if 0 in shape or shape == wanted:
        return None
    if shape[-1] != wanted[-1]:
        help = f"let the input have {_channels(shape[-1])}"
    elif shape != before:
        help = f"let `augment` make {wanted[0]} x {wanted[1]} pixels"
    else:
        help = f"add resize({wanted[0]}, {wanted[1]}) to `preprocess`"
    return f"images are {_show(shape)}, the input is {_show(wanted)}", help


def _channels(count: int) -> str:
    return f"{count} channel" + "s" * (count > 1)


def _show(shape: Shape) -> str:
    return " x ".join(map(str, shape))
