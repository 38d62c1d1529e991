"""Back ends come through the entry points, and no two of them share a name."""

from __future__ import annotations

from importlib import metadata

import pytest

from archspec.lowering.discovery import GROUP, backends


def test_built_in_back_ends_come_through_the_entry_points() -> None:
    assert {"torch", "keras"} <= set(backends())
    assert all(found.name == name for name, found in backends().items())


def test_two_owners_of_one_name_are_an_error_that_names_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = [
        metadata.EntryPoint("jax", place, GROUP) for place in ("builtins:object", "builtins:list")
    ]
    monkeypatch.setattr(metadata, "entry_points", lambda group: entries)
    with pytest.raises(ValueError, match=r"'jax': builtins:list .*, and builtins:object"):
        backends()
