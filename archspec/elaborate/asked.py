"""asked: the network that a caller asks for, and the values that it gives for its parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.choose import choose
from archspec.elaborate.names import Names
from archspec.elaborate.overrides import read, typed
from archspec.syntax.program import Program


class Asked(NamedTuple):
    """A network by name, and values for its parameters as expressions."""

    network: str
    values: dict[str, syntax.Expression]


def asked(
    target: str,
    network: str | None,
    overrides: Mapping[str, object] | Sequence[str],
    program: Program,
    names: Names,
    report: Report,
) -> Asked | None:
    """The network to build, or None where there is none to build, which is reported.

    `target` is what the user calls the file, `network` the name where there is a choice.
    """
    values = read(overrides, program, report)
    chosen = choose(target, program.networks, network, values or (), report)
    if chosen is None or values is None or not names.safe(chosen):
        return None
    definition = next(one for one in program.networks if one.name == chosen)
    found = typed(values, names.parameters(definition), report)
    return None if found is None else Asked(chosen, found)
