"""Files of Keras 2, which keras.applications still has: layers and variables by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archspec_keras.stored.dataset import find, values
from archspec_keras.stored.settings import Settings
from archspec_keras.stored.variable import Variable

if TYPE_CHECKING:
    import h5py


def legacy(
    group: h5py.Group, settings: Mapping[str, Settings]
) -> tuple[list[Variable], dict[str, int]]:
    """The variables in the order of the file; `settings` tells the classes of layers, if known."""
    found: list[Variable] = []
    for layer in _names(group, "layer_names"):
        owner = find(group, layer)
        for path in _names(owner, "weight_names"):
            dataset = find(owner, path)
            name = path.rpartition("/")[2].partition(":")[0]
            place = path.split("/")
            # Variables of an inner model stand under its name, with that of their own layer.
            own = place[-2] if len(place) > 2 else layer
            key = f"{own}/{name}"
            kind = settings[own].owner if own in settings else ""
            found.append(Variable(key, own, name, values(dataset), kind))
    return found, {}


def _names(group: h5py.Group, attribute: str) -> list[str]:
    """A list of names, which long files keep in several attributes."""
    if attribute in group.attrs:
        parts = [group.attrs[attribute]]
    else:
        parts = []
        while f"{attribute}{len(parts)}" in group.attrs:
            parts.append(group.attrs[f"{attribute}{len(parts)}"])
    return [one.decode() if isinstance(one, bytes) else str(one) for part in parts for one in part]
