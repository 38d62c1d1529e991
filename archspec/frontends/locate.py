"""locate: the file behind what a user typed, a path or the name of a shipped network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archspec.diagnostics import Report
from archspec.source import NOWHERE, shipped


def locate(target: str | Path, report: Report) -> tuple[Path | None, str | None]:
    """The file to read, and the network that the target names in it."""
    path = Path(target)
    if isinstance(target, Path) or path.suffix or _exists(path.is_file):
        return path, None
    found = shipped.find(target)
    if found is not None:
        file, name = found
        return _below_here(file), name
    if _exists(path.exists):
        return path, None
    from archspec.diagnostics.suggest import did_you_mean

    report.add(
        "unknown-network",
        NOWHERE,
        f"there is no file and no shipped network called `{target}`",
        help=did_you_mean(target, shipped.names()),
    )
    return None, None


def _below_here(file: Path) -> Path:
    """The path as people would write it, where the file lies below the current folder."""
    try:
        return file.relative_to(Path.cwd())
    except (OSError, ValueError):
        return file


def _exists(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except (OSError, ValueError):
        # The target cannot even be a path: too long, or with a zero byte.
        return False
