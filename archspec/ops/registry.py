"""Finds ops by name: the built-in ones by their file, others through an entry point.

A built-in op is imported when a spec first names it, so a check pays for what it uses.
Distributions add ops through the entry-point group `archspec.ops`, whose entries name an `Op`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from archspec.ops.op import Op

GROUP = "archspec.ops"


@cache
def _places() -> dict[str, str]:
    root = Path(__file__).parent
    return {
        file.stem: f"archspec.ops.{folder.name}.{file.stem}"
        for folder in sorted(root.iterdir())
        if folder.is_dir() and (folder / "__init__.py").exists()
        for file in sorted(folder.glob("*.py"))
        if not file.stem.startswith("_")
    }


@cache
def _plugins() -> dict[str, Op]:
    from importlib.metadata import entry_points

    found: dict[str, Op] = {}
    for entry in entry_points(group=GROUP):
        op = entry.load()
        if op.name in found or op.name in _places():
            raise ValueError(f"two ops are called {op.name!r}; the second comes from {entry.value}")
        found[op.name] = op
    return found


def builtin(name: str) -> bool:
    """Whether a built-in op is called `name`; imports nothing."""
    return name in _places()


@cache
def find(name: str) -> Op | None:
    """The op called `name`, or None."""
    place = _places().get(name)
    if place is not None:
        op = import_module(place).OP
        assert isinstance(op, Op), place
        assert op.name == name, place
        return op
    return _plugins().get(name)


def names() -> tuple[str, ...]:
    """The names of all ops, built-in and added."""
    return tuple(sorted({*_places(), *_plugins()}))
