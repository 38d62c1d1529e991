"""archspec explain: what a diagnostic means."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from archspec.cli.output import complain

SUMMARY = "why a diagnostic is a mistake, an example, and the fix"
EXAMPLES = """\
  archspec explain shape-mismatch
  archspec explain --list"""


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("code", metavar="CODE", nargs="?", help="such as shape-mismatch")
    parser.add_argument("--list", action="store_true", help="list all codes")


def run(arguments: Namespace) -> int:
    """Print the page of one code, or the list of all."""
    from archspec.diagnostics import catalog

    if arguments.list:
        for code in catalog.codes():
            rule = catalog.find(code)
            print(f"{code:<26}{rule.title if rule else ''}")
        return 0
    if arguments.code is None:
        return complain("no code given", "archspec explain --list shows them all")
    from archspec.diagnostics.explain import explain, unknown

    text = explain(arguments.code)
    if text is None:
        return complain(unknown(arguments.code))
    print(text)
    return 0
