"""The command `archspec`: finds the sub-command and imports only that one."""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, Protocol

import archspec

COMMANDS = (
    "check",
    "summary",
    "generate",
    "verify",
    "train",
    "evaluate",
    "predict",
    "curves",
    "weights",
    "explain",
    "specs",
)
"""Each is a module of this package that fits `Command`."""


class Command(Protocol):
    """What a command module has."""

    SUMMARY: str
    EXAMPLES: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's own arguments."""
        ...

    def run(self, arguments: Namespace) -> int:
        """Do it and return the exit code: 0, 1 for findings, 2 for wrong use."""
        ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    # Trees and graphs live as long as the command; looking for dead ones takes 5 % of a check.
    gc.set_threshold(100_000)
    _accept_any_character()
    words = list(sys.argv[1:] if argv is None else argv)
    if (Path(archspec.__file__).parent / "cpu").exists():
        return _fail(
            "another distribution called archspec (processor names) is installed in this"
            " environment and shares our files; install archspec-nn in an environment of its own"
        )
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0 if words else 2
    if words[0] == "--version":
        print(f"archspec {archspec.__version__}")
        return 0
    name, *rest = words
    if name not in COMMANDS:
        from archspec.diagnostics.suggest import did_you_mean

        return _fail(f"no command `{name}`; {did_you_mean(name, COMMANDS)}")
    return _run(name, rest)


def _accept_any_character() -> None:
    """Show what a terminal has no sign for as `?`: frames of findings, names in other scripts."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _run(name: str, words: list[str]) -> int:
    command: Command = import_module(f"archspec.cli.{name}")
    parser = _Parser(
        prog=f"archspec {name}",
        description=command.SUMMARY,
        epilog=f"examples:\n{command.EXAMPLES}",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.add_arguments(parser)
    try:
        return command.run(parser.parse_args(words))
    except BrokenPipeError:
        # The reader has seen enough (`| head`); nothing is wrong.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"error: {message}\nhelp: {self.prog} --help\n")


def overview() -> str:
    """The text of `archspec --help`."""
    lines = [archspec.__doc__ or "", "", "usage: archspec COMMAND …", ""]
    for name in COMMANDS:
        summary = import_module(f"archspec.cli.{name}").SUMMARY
        lines.append(f"  {name:<10}{summary}")
    lines += ["", "archspec COMMAND --help shows the arguments with examples."]
    return "\n".join(lines)


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
