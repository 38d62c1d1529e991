"""archspec check: every mistake at its line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from archspec.cli.output import colours
from archspec.cli.spec_arguments import FILE_HELP, exit_code

if TYPE_CHECKING:
    from archspec.diagnostics import Diagnostic

SUMMARY = "check shapes, names and expectations of spec files"
EXAMPLES = """\
  archspec check resnet50
  archspec check models/*.arch
  archspec check model.arch --format sarif > findings.sarif"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help=FILE_HELP)
    parser.add_argument("--network", metavar="NAME", help="only this network of the file")
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help="how findings are written (default: text)",
    )


def run(arguments: Namespace) -> int:
    """Check all files; 1 when there are errors, 2 when a file or network is not there."""
    from archspec.compiler import load

    found: list[Diagnostic] = []
    truncated = False
    passed: list[str] = []
    for target in arguments.files:
        compilation = load(target, arguments.network)
        here = compilation.check()
        found += here
        truncated |= compilation.report.truncated
        if not here:
            networks = (compilation.network,) if compilation.network else compilation.networks
            listed = ", ".join(map(str, networks)) or "no network to build by itself"
            passed.append(f"{target}: no findings ({listed})")
    if arguments.format == "text":
        _tell(passed, found, truncated)
    else:
        _machine_readable(arguments.format, found, truncated)
    return exit_code(tuple(found))


def _tell(passed: list[str], found: list[Diagnostic], truncated: bool) -> None:
    for line in passed:
        print(line)
    if found:
        from archspec.diagnostics.render_text import render_text

        print(render_text(found, colour=colours(sys.stdout), truncated=truncated))


def _machine_readable(form: str, found: list[Diagnostic], truncated: bool) -> None:
    if form == "json":
        from archspec.diagnostics.render_json import render_json

        print(render_json(found, truncated=truncated))
        return
    from archspec import __version__
    from archspec.diagnostics.render_sarif import render_sarif

    print(render_sarif(found, version=__version__))
