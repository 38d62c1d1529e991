"""Files of Keras 3: a group for each layer, called after its class, with numbered variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archspec_keras.stored.dataset import children, once, values
from archspec_keras.stored.settings import Settings
from archspec_keras.stored.variable import Variable, names_of

if TYPE_CHECKING:
    import h5py

NAMED = re.compile(
    r"(separable_|depthwise_)?conv[123]d(_transpose)?|dense|(batch|layer)_normalization"
)
"""Classes whose variables have known names."""

STATES = {"optimizer": "variables of an optimizer", "seed_generator": "states of random numbers"}
"""Groups whose contents no value of a network depends on when it is not trained."""


def current(
    file: h5py.File, settings: Mapping[str, Settings]
) -> tuple[list[Variable], dict[str, int]]:
    """The variables, with names where `settings` tells enough; and what was left out."""
    found: list[Variable] = []
    left_out: dict[str, int] = {}
    for path, group in _groups(file, (), set()):
        state = next((STATES[part] for part in path if part in STATES), None)
        if state is not None:
            left_out[state] = left_out.get(state, 0) + len(group)
        else:
            found += _variables(path, group)
    names = [one.layer for one in found if one.name == "0"]
    if len(set(names)) != len(names):
        raise KeyError("two layers of inner models have the same name")
    if settings and all(NAMED.fullmatch(one.owner) for one in found):
        found = [_named(one, settings) for one in found]
    return found, left_out


def _groups(
    group: h5py.Group, path: tuple[str, ...], met: set[int]
) -> Iterator[tuple[tuple[str, ...], h5py.Group]]:
    """All groups of variables with their paths; `met` are the groups on the way."""
    once(group, met)
    for name, child in children(group):
        if name == "vars":
            yield path, child
        elif hasattr(child, "keys"):
            yield from _groups(child, (*path, name), met)


def _variables(path: tuple[str, ...], group: h5py.Group) -> Iterator[Variable]:
    owner = re.sub(r"_\d+$", "", path[-1]) if path else ""
    layer = str(group.attrs.get("name", "/".join(path)))
    for name, dataset in sorted(children(group), key=lambda one: int(one[0])):
        yield Variable(f"{layer}/{name}", layer, name, values(dataset), owner)


def _named(one: Variable, settings: Mapping[str, Settings]) -> Variable:
    own = settings[one.layer].arguments
    flags = {flag: bool(own.get(flag, True)) for flag in ("scale", "center")}
    name = list(names_of(one.owner, **flags))[int(one.name)]
    return Variable(f"{one.layer}/{name}", one.layer, name, one.array, one.owner)
