"""The functions of data.py that change samples, as the recipe says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from archspec.lowering.python import string
from archspec.ops.attributes import Attributes
from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Augment


def preparation(recipe: Recipe) -> list[str]:
    """The function `prepare`."""
    lines = [f"image = {_prepared(one)}" for one in recipe.preprocess]
    return [
        _function(
            "def prepare(image: np.ndarray) -> np.ndarray:",
            "What is done to every sample." if lines else "Samples are taken as they are.",
            lines,
        )
    ]


def augmentation(recipe: Recipe) -> list[str]:
    """The function `augment`, and `crop` where it needs another size."""
    lines = []
    for together, group in groupby(recipe.augment, key=_together):
        if together is None:
            lines += [f"image = {_changed(one)}" for one in group]
        else:
            lines.append(f"image = {_warped(list(group))}")
    found = [
        _function(
            "def augment(image: np.ndarray, random: np.random.Generator) -> np.ndarray:",
            "What is done to samples in training.",
            lines,
        )
    ]
    if cropping(recipe):
        sizes = [
            f"image = center_crop(image, {one.attributes['height']}, {one.attributes['width']})"
            for one in cropping(recipe)
        ]
        words = "What is done to samples outside of training, which have the same size."
        found.append(_function("def crop(image: np.ndarray) -> np.ndarray:", words, sizes))
    return found


def cropping(recipe: Recipe) -> list[Choice]:
    """The augmentations that change the size of samples."""
    return [
        one
        for one in recipe.augment
        if one.record.attribute("height") is not None and not _is_geometric(one)
    ]


def _function(signature: str, doc: str, lines: list[str]) -> str:
    body = [*lines, "return image"]
    if lines and lines[-1].startswith("image = "):
        body = [*lines[:-1], "return " + lines[-1].removeprefix("image = ")]
    return "\n".join([signature, f'    """{doc}"""', *(f"    {line}" for line in body)])


def _prepared(choice: Choice) -> str:
    name, given = choice.name, dict(choice.attributes.items())
    if name == "resize" and given.pop("interpolation") == "nearest":
        name = "resize_nearest"
    return f"{name}(image, {', '.join(_arguments(choice, given))})"


def _changed(choice: Choice) -> str:
    return f"{choice.name}(image, random, {', '.join(_arguments(choice, _given(choice)))})"


def _warped(group: list[Choice]) -> str:
    maps = []
    for one in group:
        given = {k: v for k, v in one.attributes.items() if k not in ("fill", "value")}
        image = "image, " if one.record.attribute("height") is not None else ""
        maps.append(f"{one.name}(random, {image}{', '.join(_arguments(one, given))})")
    a = group[0].attributes
    value = f", value={_literal(a['value'])}" if a["fill"] == "constant" else ""
    return f"warp(image, {', '.join(maps)}, fill={string(a['fill'])}{value})"


def _given(choice: Choice) -> dict[str, Any]:
    """The attributes without the number outside where none is used."""
    given = dict(choice.attributes.items())
    if given.get("fill", "constant") != "constant":
        del given["value"]
    return given


def _arguments(choice: Choice, given: dict[str, Any]) -> Iterator[str]:
    """Attributes without a default come first, without their names."""
    for attribute in choice.record.attributes:
        if attribute.name not in given:
            continue
        value = given[attribute.name]
        required = repr(attribute.default) == "REQUIRED" and not isinstance(value, (list, tuple))
        if required:
            yield _literal(value)
        elif value != attribute.default:
            yield f"{attribute.name}={_literal(value)}"


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return string(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, float) and not value.is_integer():
        # `rescale(1 / 255)` is stored as a number, and reads better as it was written.
        near = Fraction(value).limit_denominator(1000)
        if near.numerator == 1 and 1 / near.denominator == value and len(repr(value)) > 4:
            return f"1 / {near.denominator}"
    return repr(value)


def _is_geometric(choice: Choice) -> bool:
    return isinstance(choice.record, Augment) and choice.record.matrix is not None


def _together(choice: Choice) -> tuple[str, float] | None:
    """What neighbours must share to be interpolated at once."""
    attributes: Attributes = choice.attributes
    return (attributes["fill"], attributes["value"]) if _is_geometric(choice) else None
