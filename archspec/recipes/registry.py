"""Finds parts of recipes by kind and name; a part's file is imported when it is first named."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from archspec.recipes.record import Part


@cache
def _places() -> dict[str, dict[str, str]]:
    root = Path(__file__).parent
    return {
        folder.name: {
            file.stem: f"archspec.recipes.{folder.name}.{file.stem}"
            for file in sorted(folder.glob("*.py"))
            if not file.stem.startswith("_")
        }
        for folder in sorted(root.iterdir())
        if folder.is_dir() and (folder / "__init__.py").exists()
    }


def kinds() -> tuple[str, ...]:
    """The kinds of parts: `losses`, `optimizers` and so on."""
    return tuple(_places())


def names(kind: str) -> tuple[str, ...]:
    """The names of all parts of a kind; imports nothing."""
    return tuple(_places()[kind])


@cache
def find(kind: str, name: str) -> Part | None:
    """The part of that kind called `name`, or None.

    >>> find("optimizers", "sgd").attribute("momentum").default
    0.0
    """
    place = _places()[kind].get(name)
    if place is None:
        return None
    part = import_module(place).PART
    assert isinstance(part, Part), place
    assert (part.kind, part.name) == (kind, name), place
    return part
