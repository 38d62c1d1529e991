"""Finds the back ends that are installed, the built-in ones by the same way as others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archspec.lowering.backend import Backend

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "archspec.backends"


class Backends(Mapping[str, Backend]):
    """Back ends by name; each is imported when it is first taken out."""

    def __init__(self, entries: Mapping[str, EntryPoint]) -> None:
        self._entries = entries
        self._loaded: dict[str, Backend] = {}

    def __getitem__(self, name: str) -> Backend:
        if name not in self._loaded:
            loaded = self._entries[name].load()
            self._loaded[name] = loaded() if isinstance(loaded, type) else loaded
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def backends() -> Backends:
    """The installed back ends in the order of their names.

    An entry of the group names a class without required arguments or a finished object. Raises
    `ValueError` where two distributions own one name. No framework is imported.
    """
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        if entry.name in found:
            both = f"{_owner(found[entry.name])}, and {_owner(entry)}"
            raise ValueError(f"two back ends are called {entry.name!r}: {both}")
        found[entry.name] = entry
    return Backends(found)


def _owner(entry: EntryPoint) -> str:
    return f"{entry.value} of {entry.dist.name if entry.dist else 'an unknown distribution'}"
