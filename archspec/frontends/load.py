"""Reads a spec file and all files that it uses."""

from __future__ import annotations

import os
import re
from collections import deque
from pathlib import Path

from archspec.diagnostics import Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.frontends.dsl.parser import parse
from archspec.frontends.read import read_text
from archspec.source import NOWHERE, SourceText, Span, limits, shipped
from archspec.syntax import File, Use
from archspec.syntax.program import Program


def load_program(path: Path, report: Report, root: Path | None = None) -> Program | None:
    """The file at `path` with the files it uses, or None where it cannot be read at all.

    A text with mistakes gives a program of what could be understood, and `report` has failed.
    Files are looked for below `root` only: by default the folder of shipped specs for these, else
    the folder of the first file.
    """
    found = Report()
    program = _Loader(path, root, found).load()
    report.extend(found)
    return program


_WORD = re.compile(r"#[^\n]*|\w+|[^\w\s]+")


class _Loader:
    def __init__(self, path: Path, root: Path | None, report: Report) -> None:
        self.path = path
        self.root = root
        self.report = report
        self.files: dict[str, File | None] = {}
        self.bytes = self.words = self.definitions = 0
        self.waiting: deque[tuple[Path, File]] = deque()

    def load(self) -> Program | None:
        main = self._read(self.path, str(self.path), NOWHERE)
        if main is None:
            return None
        program = Program(main, parse)
        if any(isinstance(one, Use) for one in main.definitions):
            self.files[os.path.realpath(self.path)] = main
        while self.waiting and not self.report.full:
            path, file = self.waiting.popleft()
            for definition in file.definitions:
                if isinstance(definition, Use) and not self._mistaken(definition):
                    used = self._used(path, definition)
                    if used is not None:
                        program.used[definition] = used
                        if not self.report.failed:
                            self._check_names(definition, used)
        return program

    def _mistaken(self, use: Use) -> bool:
        """Whether the `use` itself could not be understood as written."""
        return any(
            found.span.source is use.span.source
            and use.span.start <= found.span.start <= use.span.end
            for found in self.report.diagnostics
        )

    def _used(self, user: Path, use: Use) -> File | None:
        root = os.path.realpath(self.root or _root(self.path))
        if "\0" in use.path or _absolute(use.path):
            self._outside(use)
            return None
        path = user.parent / use.path
        real = os.path.realpath(path)
        if os.path.commonpath([root, real]) != root:
            self._outside(use)
            return None
        return self._file(path, os.path.normpath(path), use.span)

    def _file(self, path: Path, name: str, place: Span) -> File | None:
        """The tree of a file, read once however often it is used."""
        real = os.path.realpath(path)
        if real in self.files:
            return self.files[real]
        self.files[real] = None
        if len(self.files) > limits.FILES:
            message = f"more than {limits.FILES} files are used"
            self.report.add(
                "limit-exceeded", place, message, help="put blocks of one kind into one file"
            )
            return None
        self.files[real] = self._read(path, name, place)
        return self.files[real]

    def _read(self, path: Path, name: str, place: Span) -> File | None:
        source = read_text(path, name, place, self.report)
        if source is None:
            return None
        if not self._room_for(source, place):
            return None
        file = _parse(path, source, self.report)
        self.definitions += len(file.definitions)
        if self.definitions > limits.DEFINITIONS:
            where = file.definitions[-1].span
            self._too_much(f"{limits.DEFINITIONS} definitions", where)
            return None
        self.waiting.append((path, file))
        return file

    def _room_for(self, source: SourceText, place: Span) -> bool:
        """Whether the text fits into the limits that hold for all files together."""
        self.bytes += len(source.text)
        if self.bytes > limits.FILE_BYTES:
            self._too_much(f"{limits.FILE_BYTES:_} characters", place)
            return False
        # The parser counts the words of one file; of several, a rough count has to do.
        self.words += 0 if place is NOWHERE else sum(1 for _ in _WORD.finditer(source.text))
        if self.words > limits.TOKENS:
            self._too_much(f"{limits.TOKENS:_} words and signs", place)
            return False
        return True

    def _too_much(self, what: str, place: Span) -> None:
        message = f"the spec has more than {what}, all its files together"
        help = (
            "use blocks and loops, and files of their own for networks that have little in common"
        )
        self.report.add("limit-exceeded", place, message, help=help)

    def _outside(self, use: Use) -> None:
        self.report.add(
            "outside-root",
            use.span,
            f'"{use.path}" lies outside the folder of the spec',
            label="not read",
            help="use files below the folder of the first file, by a path relative to this one",
        )

    def _check_names(self, use: Use, file: File) -> None:
        known = {name for one in file.definitions if (name := vars(one).get("name"))}
        for name in use.names:
            if name not in known:
                self.report.add(
                    "unknown-name",
                    _place(use, name),
                    f'"{use.path}" defines no `{name}`',
                    help=did_you_mean(name, known) or "that file defines nothing",
                )


def _place(use: Use, name: str) -> Span:
    """The place of one of the names that a `use` asks for."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", use.span.text)
    if found is None:
        return use.span
    start = use.span.start + found.start()
    return Span(use.span.source, start, start + len(name))


def _root(path: Path) -> Path:
    """The folder that the files used by a spec may not leave."""
    specs = os.path.realpath(shipped.root())
    return Path(specs) if os.path.realpath(path).startswith(specs + os.sep) else path.parent


def _absolute(path: str) -> bool:
    """Whether a path is absolute here or on another system."""
    return path.startswith(("/", "\\")) or path[1:2] == ":"


def _parse(path: Path, source: SourceText, report: Report) -> File:
    if path.suffix.lower() == ".json":
        from archspec.frontends.external.reader import from_json

        return from_json(source, report)
    return parse(source, report)
