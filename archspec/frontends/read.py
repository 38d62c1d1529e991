"""Reads one file as text, within the limits; never raises."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from archspec.diagnostics import Report
from archspec.source import SourceText, Span, limits


def read_text(path: Path, name: str, place: Span, report: Report) -> SourceText | None:
    """The text of a file, called `name` for people; `place` is where the file is asked for."""
    try:
        # Before opening: a pipe would wait for its writer, a device would never end.
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            what = "a folder" if path.is_dir() else "not a plain file"
            report.add("file-not-found", place, f"{name} is {what}", help="name a spec file")
            return None
        with path.open("rb") as stream:
            # As many bytes as are asked for are set aside, so this asks for no more than there are.
            data = stream.read(min(facts.st_size, limits.FILE_BYTES) + 1)
    except (OSError, ValueError) as error:
        reason = _reason(error)
        report.add(
            "file-not-found",
            place,
            f"{name} cannot be read: {reason}",
            help="check the path; a file behind `use` is looked up beside the file that uses it",
        )
        return None
    if len(data) > limits.FILE_BYTES:
        report.add(
            "limit-exceeded",
            place,
            f"{name} is larger than {limits.FILE_BYTES:_} bytes",
            help="a spec describes layers; weights and data stand in files of their own",
        )
        return None
    return _decoded(data, name, place, report)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno).lower()
    return "this is not a possible path"


def _decoded(data: bytes, name: str, place: Span, report: Report) -> SourceText | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start} (line {line}) is no UTF-8"
    else:
        zero = text.find("\0")
        if zero < 0:
            return SourceText(name, text)
        what = f"character {zero} is a zero byte"
    report.add(
        "not-text",
        place,
        f"{name} is not a text: {what}",
        help="save the spec as UTF-8 text",
    )
    return None
