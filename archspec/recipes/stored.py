"""A recipe from the plain data that `Recipe.json` gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.recipe import Choice, Recipe
from archspec.recipes.registry import find
from archspec.source import NOWHERE

KINDS = {
    "losses": "losses",
    "optimizer": "optimizers",
    "schedule": "schedules",
    "clip": "clips",
    "weight_decay": "decays",
    "metrics": "metrics",
    "early_stopping": "stopping",
    "checkpoint": "checkpoints",
    "data": "data",
    "preprocess": "preprocess",
    "augment": "augment",
}
"""The settings that name parts, with the kind of the parts."""

RANK = 2
"""Parts are told sizes for two spatial axes, where one number stands for both."""


def from_json(stored: Mapping[str, Any]) -> Recipe:
    """The recipe; `ValueError` where a part or a value is unknown."""
    made = {key: _setting(key, value) for key, value in stored.items()}
    return Recipe(**made)


def _setting(key: str, value: Any) -> Any:
    if key not in KINDS or value is None:
        return value
    if isinstance(value, (list, tuple)):
        return tuple(choice(KINDS[key], one) for one in value)
    return choice(KINDS[key], value)


def choice(kind: str, stored: Mapping[str, Any]) -> Choice:
    """A part with its attributes; those that are not stored have their defaults."""
    values = dict(stored)
    record = find(kind, values.pop("name"))
    if record is None:
        raise ValueError(f"{stored['name']!r} is unknown among {kind}")
    then = values.pop("then", None)
    attributes: dict[str, Any] = {}
    for one in record.attributes:
        if one.kind == "part":
            attributes[one.name] = then and then["name"]
        else:
            attributes[one.name] = _value(one, values)
    follows = choice(kind, then) if then else None
    return Choice(record, Attributes(attributes), NOWHERE, follows)


def _value(attribute: Attribute, stored: Mapping[str, Any]) -> Any:
    if attribute.name in stored:
        return attribute.store(stored[attribute.name], RANK)
    return attribute.default_value(RANK)
