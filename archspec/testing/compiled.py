"""Reads a text as the compiler does, without a file."""

from __future__ import annotations

from archspec.compiler import Compilation
from archspec.diagnostics import Diagnostic, Report
from archspec.elaborate.names import check_names
from archspec.elaborate.names_recovered import check_names_recovered
from archspec.frontends.dsl.parser import parse
from archspec.frontends.dsl.printer import print_file
from archspec.ir import Graph
from archspec.source import SourceText
from archspec.syntax import File
from archspec.syntax.program import Program

NETWORK = "net"
"""What the drawn network of a file is called."""


def compiled(text: str) -> Compilation:
    """The text on its way through the phases; it uses no other files."""
    report = Report()
    program = Program(parse(SourceText("drawn.arch", text), report), parse)
    if report.failed:
        check_names_recovered(program, report)
        return Compilation("drawn.arch", None, report)
    return Compilation("drawn.arch", program, report, check_names(program, report))


def graph_of(text: str | File, strict: bool = False) -> Graph | None:
    """The network `net` of a text or tree, or the last one; None where anything is refused.

    With `strict` warnings count too.
    """
    found = compiled(text if isinstance(text, str) else print_file(text))
    known = found.networks
    told = found.check()
    if not known or found.failed or (strict and told):
        return None
    return found.graph(NETWORK if NETWORK in known else known[-1])


def findings(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the text."""
    return compiled(text).check()


__all__ = ["NETWORK", "compiled", "findings", "graph_of", "print_file"]
