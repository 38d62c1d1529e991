"""What commands about one spec share: its arguments, its findings, its exit code."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from archspec.cli.output import colours
from archspec.source import NOWHERE

if TYPE_CHECKING:
    from archspec.compiler import Compilation
    from archspec.diagnostics import Diagnostic

FILE_HELP = "a path, or the name of a shipped network (archspec specs)"


def add_spec_arguments(parser: ArgumentParser) -> None:
    """FILE, `--network`, `--set`."""
    parser.add_argument("file", metavar="FILE", help=FILE_HELP)
    parser.add_argument("--network", metavar="NAME", help="which network of the file")
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        dest="overrides",
        help="a value for a parameter of the network, such as classes=10",
    )


def size(text: str) -> tuple[int, ...]:
    """`64` or `64x48`: the spatial sizes of the inputs."""
    parts = text.lower().split("x")
    if not all(part.isdecimal() and 0 < int(part) < 100_000 for part in parts):
        raise ArgumentTypeError(f"{text!r} is no size; write 64, or 64x48")
    return tuple(map(int, parts))


def open_spec(arguments: Namespace) -> Compilation:
    """The spec that the arguments name."""
    from archspec.compiler import load

    return load(arguments.file, arguments.network)


def complain_about(compilation: Compilation) -> int:
    """Print what was found on the error stream; returns the exit code."""
    from archspec.diagnostics.render_text import render_text

    found = compilation.diagnostics
    if found:
        text = render_text(
            found, colour=colours(sys.stderr), truncated=compilation.report.truncated
        )
        print(text, file=sys.stderr)
    return exit_code(found)


def exit_code(found: tuple[Diagnostic, ...]) -> int:
    """0 without errors, 1 for mistakes in a spec, 2 for those in the command line itself."""
    errors = [one for one in found if one.severity == "error"]
    if not errors:
        return 0
    return 2 if all(one.span.source is NOWHERE.source for one in errors) else 1
