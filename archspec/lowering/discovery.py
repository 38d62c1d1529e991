"""Finds the back ends that are installed, the built-in ones by the same way as others."""

from __future__ import annotations

from archspec.lowering.backend import Backend

GROUP = "archspec.backends"


def backends() -> dict[str, Backend]:
    """The installed back ends by name, in the order of their names.

    An entry of the group names a class without required arguments or a finished object. Raises
    `ValueError` where two distributions own one name. Finding a back end imports no framework.
    """
    from importlib.metadata import entry_points

    places: dict[str, str] = {}
    found: dict[str, Backend] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        owner = f"{entry.value} of {entry.dist.name if entry.dist else 'an unknown distribution'}"
        if entry.name in places:
            raise ValueError(
                f"two back ends are called {entry.name!r}: {places[entry.name]}, and {owner}"
            )
        places[entry.name] = owner
        loaded = entry.load()
        found[entry.name] = loaded() if isinstance(loaded, type) else loaded
    return found
