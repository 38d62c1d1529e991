"""Finds a back end by its name, or by the place of one that is not installed."""

from __future__ import annotations

from importlib import import_module

from archspec.lowering.backend import Backend
from archspec.lowering.discovery import backends


def backend_at(name: str) -> Backend:
    """The back end called `name`, or the one at `module:Class`; `KeyError` where there is none."""
    module, colon, attribute = name.partition(":")
    if not colon:
        return backends()[name]
    found = getattr(import_module(module), attribute)
    made: Backend = found() if isinstance(found, type) else found
    return made
