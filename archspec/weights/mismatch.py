"""Words for what is left over when a file and a network do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from archspec.diagnostics import Report
from archspec.diagnostics.suggest import nearest
from archspec.ir import Graph
from archspec.weights.matching import Match

SHOWN = 4
"""How many leftovers of each side an error names; the report of the mapping has them all."""
COMPARED = 100
"""How many leftovers of each side are compared with those of the other."""


def report_mismatch(source: str, graph: Graph, found: Match, report: Report) -> None:
    """One error at the network, with the leftovers of both sides."""
    both = (
        _count(found.extra, "tensor", "of the file"),
        _count(found.missing, "weight", "of the network"),
    )
    report.add(
        "weights-mismatch",
        graph.definition.span,
        f"{source} does not fit network `{graph.name}`; left over: {', '.join(filter(None, both))}",
        help="; ".join(_help(graph, found)),
    )


def leftovers(found: Match) -> Iterator[str]:
    """A line for each tensor that found no partner, with the nearest name on the other side."""
    for name, shape, like in _extra(found):
        yield f"only in the file:     {name} {list(shape)}{like}"
    for name, shape, like in _missing(found):
        yield f"only in the network:  {name} {list(shape)}{like}"


def _count(what: Sequence[object], noun: str, where: str) -> str:
    return f"{len(what)} {noun}{'s' if len(what) > 1 else ''} {where}" if what else ""


def _help(graph: Graph, found: Match) -> Iterator[str]:
    sides = (
        ("file", _extra(found), len(found.extra)),
        ("network", _missing(found), len(found.missing)),
    )
    for where, rows, count in sides:
        shown = [f"{name} {list(shape)}{like}" for name, shape, like in islice(rows, SHOWN)]
        if count > SHOWN:
            shown.append(f"{count - SHOWN} more")
        if shown:
            yield f"only in the {where}: {', '.join(shown)}"
    if not found.extra or not found.missing:
        # One side has parts that the other lacks: a parameter may add them or leave them out.
        given = {name: value for name, value in graph.arguments.items() if isinstance(value, bool)}
        texts = (f"--set {name}={str(not value).lower()}" for name, value in given.items())
        if given:
            yield f"would {' or '.join(texts)} fit?"


def _extra(found: Match) -> Iterator[tuple[str, tuple[int, ...], str]]:
    others = {one.native.key: (one.name, one.shape) for one in found.missing}
    for number, one in enumerate(found.extra):
        yield one.key, one.shape, _like(one.key, one.shape, others, number)


def _missing(found: Match) -> Iterator[tuple[str, tuple[int, ...], str]]:
    others = {one.key: (one.key, one.shape) for one in found.extra}
    for number, one in enumerate(found.missing):
        yield one.name, one.shape, _like(one.native.key, one.shape, others, number)


def _like(
    name: str,
    shape: tuple[int, ...],
    others: Mapping[str, tuple[str, tuple[int, ...]]],
    number: int,
) -> str:
    """` (like NAME SHAPE)`: the other side's leftover of the nearest name, if any is near.

    Only for the first ones: each is compared with all leftovers of the other side.
    """
    if number >= COMPARED:
        return ""
    like = nearest(name, others)
    if like is None:
        like = next((native for native, (_, size) in others.items() if size == shape), None)
    if like is None:
        return ""
    shown, size = others[like]
    return f" (like {shown} {list(size)})"
