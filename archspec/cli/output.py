"""Writing to people and to files: colours on a terminal only, files whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from archspec.diagnostics.printable import printable

LONGEST = 2_000
"""Characters of a complaint."""


def colours(stream: TextIO) -> bool:
    """Whether colours are wanted: on a terminal, unless `NO_COLOR` says no (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def complain(message: str, help: str = "") -> int:
    """Tell what is wrong with the use of a command; returns the exit code 2."""
    # Names from files of others may stand in it.
    lines = [printable(line) for line in message[:LONGEST].split("\n")]
    print("error: " + "\n".join(lines) + (f"\n  = help: {help}" if help else ""), file=sys.stderr)
    return 2


def write_files(folder: Path, files: Mapping[str, str], force: bool) -> list[Path]:
    """Write all files below `folder`, each under a temporary name first, then moved into place.

    Files that are there with other contents are left alone unless `force`; then nothing at all
    is written and `FileExistsError` names them. `OSError` where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    targets = {folder / name: text for name, text in files.items()}
    # A link that leads nowhere is there, too.
    changed = [path for path, text in targets.items() if taken(path) and not _holds(path, text)]
    if changed and not force:
        raise FileExistsError(", ".join(map(str, changed)))
    temporary = {path: path.with_name(f".{path.name}.{os.getpid()}.tmp") for path in targets}
    try:
        for path, text in targets.items():
            temporary[path].write_text(text, encoding="utf-8", newline="\n")
        for path in targets:
            temporary[path].replace(path)
    finally:
        for path in temporary.values():
            path.unlink(missing_ok=True)
    return list(targets)


def taken(path: Path) -> bool:
    """Whether something stands at the path, also a link that leads nowhere."""
    return os.path.lexists(path)


def refuse_taken(path: Path, force: bool) -> int:
    """Say that a file of the user would be lost; 0 where nothing would."""
    if force or not taken(path):
        return 0
    return complain(f"would overwrite {path}", "give --force, or the name of a new file")


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False
