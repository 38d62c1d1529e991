"""Gives one hostile text to the whole `archspec check` and measures what happens."""

from __future__ import annotations

import contextlib
import io
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from archspec.cli.main import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """What went wrong ("" where nothing did), and the seconds of processor time."""

    trouble: str
    seconds: float
    code: int


def examine(kind: str, text: bytes, folder: Path) -> Outcome:
    """Check the text; only exit codes of findings, and findings in words, are right."""
    path = folder / ("hostile.json" if kind == "json" else "hostile.arch")
    path.write_bytes(text)
    return _command(["check", str(path)], "error[")


def show(kind: str, data: bytes, folder: Path) -> Outcome:
    """List the tensors of a file of weights."""
    path = folder / f"hostile.{kind}"
    path.write_bytes(data)
    return _command(["weights", "show", str(path)], "error:")


def _command(words: list[str], sign: str) -> Outcome:
    said = io.StringIO()
    start = time.process_time()
    trouble, code = "", -1
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = main(words)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        trouble = "".join(traceback.format_exception(error))
    seconds = time.process_time() - start
    if not trouble and (code not in (0, 1, 2) or (code and sign not in said.getvalue())):
        trouble = f"exit code {code} with {said.getvalue()[:200]!r}"
    return Outcome(trouble, seconds, code)
