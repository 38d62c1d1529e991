"""A recipe from the plain data that `Recipe.json` gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archspec.ops.attribute import Attribute
from archspec.ops.attributes import Attributes
from archspec.recipes.recipe import Choice, Recipe
from archspec.recipes.registry import find
from archspec.recipes.settings import SETTINGS, Setting
from archspec.source import NOWHERE

LOSSES = "losses"
"""What a recipe calls the setting that a text calls `loss`."""

RANK = 2
"""Parts are told sizes for two spatial axes, where one number stands for both."""


def from_json(stored: Any) -> Recipe:
    """The recipe; `ValueError` where it is none, or a part or a value is unknown."""
    values = _mapping(stored)
    network = values.pop("network", None)
    if not isinstance(network, str):
        raise ValueError(f"{network!r} is no name of a network")
    made = {}
    for one in SETTINGS:
        name = LOSSES if one.kind == LOSSES else one.name
        if name in values:
            made[name] = _setting(one, values.pop(name))
        elif one.required:
            raise ValueError(f"{name!r} is missing")
    if values:
        raise ValueError(f"{next(iter(values))!r} is no setting")
    schedule = made.pop("schedule", None) or choice("schedules", {"name": "constant"})
    return Recipe(network, schedule=schedule, **made)


def _setting(setting: Setting, value: Any) -> Any:
    if setting.value is not None:
        return setting.value.store(value, RANK)
    if setting.kind is None or (value is None and not setting.required and not setting.many):
        return None
    if not setting.many:
        return choice(setting.kind, value)
    if not isinstance(value, list | tuple):
        raise ValueError(f"{setting.name!r} is no list")
    return tuple(choice(setting.kind, one) for one in value)


def _mapping(stored: Any) -> dict[str, Any]:
    if not isinstance(stored, Mapping):
        raise ValueError(f"{stored!r} has no names")
    return dict(stored)


def choice(kind: str, stored: Any) -> Choice:
    """A part with its attributes; those that are not stored have their defaults."""
    values = _mapping(stored)
    name = values.pop("name", None)
    record = find(kind, name) if isinstance(name, str) else None
    if record is None:
        raise ValueError(f"{name!r} is unknown among {kind}")
    then = values.pop("then", None)
    follows = None if then is None else choice(kind, then)
    attributes: dict[str, Any] = {}
    for one in record.attributes:
        if one.kind == "part":
            attributes[one.name] = follows and follows.name
        else:
            attributes[one.name] = _value(one, values)
    return Choice(record, Attributes(attributes), NOWHERE, follows)


def _value(attribute: Attribute, stored: Mapping[str, Any]) -> Any:
    if attribute.name in stored:
        return attribute.store(stored[attribute.name], RANK)
    return attribute.default_value(RANK)
