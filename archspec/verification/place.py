"""Finds a back end by its name, its name and engine, or the place of one that is not installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from archspec.diagnostics import Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.lowering.backend import Backend, OnEngines
from archspec.lowering.discovery import backends
from archspec.source import NOWHERE


def backend_at(name: str) -> Backend:
    """The back end called `name`, the one `name:engine`, or that at `module:Class`.

    `KeyError` where none is called so, `ValueError` where it has no such engine.
    """
    module, colon, attribute = name.partition(":")
    if not colon:
        return backends()[name]
    installed = backends().get(module)
    if isinstance(installed, OnEngines):
        return installed.on(attribute)
    found = getattr(import_module(module), attribute)
    made: Backend = found() if isinstance(found, type) else found
    return made


def found_at(name: str, report: Report) -> Backend | None:
    """The same, or None after reporting that there is none."""
    try:
        return backend_at(name)
    except KeyError:
        known = did_you_mean(name, backends())
        report.add("unknown-backend", NOWHERE, f"no back end is called `{name}`", help=known)
    except (ImportError, AttributeError, ValueError) as error:
        # A `module:Class` that is misspelt, or whose module needs what is not there.
        message = f"the back end `{name}` cannot be loaded: {error}"
        help = "write it as `name`, `name:engine` or `module:Class`"
        report.add("unknown-backend", NOWHERE, message, help=help)
    return None


def installed(names: Iterable[str]) -> list[str]:
    """What is meant by those of the names that are no `module:Class`, without engines."""
    parts = [name.partition(":") for name in names]
    known = [own for own, colon, _ in parts if not colon or own in backends()]
    return list(dict.fromkeys(known))
