"""The `train` sections of a file, and whether each is about a network that can be trained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archspec import syntax
from archspec.diagnostics import Label, Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.choose import required
from archspec.source import Span
from archspec.syntax.program import Program

if TYPE_CHECKING:
    from archspec.elaborate.budget import Budget
    from archspec.elaborate.names import Names
    from archspec.ir import Graph
    from archspec.recipes.recipe import Recipe


def name_place(train: syntax.Train) -> Span:
    """The place of the network's name in `train name { … }`."""
    span = train.span
    # The name stands after the keyword, perhaps behind a comment that has it too.
    head = span.text.partition("{")[0]
    place = head.rfind(train.network)
    if place < len("train"):
        return span
    start = span.start + place
    return Span(span.source, start, start + len(train.network))


def names_in(train: syntax.Train) -> Iterator[str]:
    """The names that the values may get their meaning from."""
    for node in train.walk():
        if isinstance(node, syntax.Name):
            yield node.name
        elif isinstance(node, syntax.Call):
            yield node.function


def sections_of(program: Program, network: str) -> list[syntax.Train]:
    """The sections that are about the network.

    One without its own has that of the template that it is a variant of, or of which the network
    is one that it is a variant of.
    """
    known = {one.name: one for one in program.networks}
    seen: set[str] = set()
    name: str | None = network
    while name in known and name not in seen:
        seen.add(name)
        definition = known[name]
        if name == network or required(definition):
            found = [
                one
                for one in program.main.definitions
                if isinstance(one, syntax.Train) and one.network == name
            ]
            if found:
                return found
        name = definition.base if isinstance(definition, syntax.Variant) else None
    return []


def recipe_of(
    program: Program,
    network: str,
    graph: Graph | None,
    names: Names,
    report: Report,
    budget: Budget | None = None,
) -> Recipe | None:
    """The recipe of the network; all sections about it are checked, and the first counts.

    `graph` is None where the network has mistakes of its own.
    """
    from archspec.elaborate.recipe.elaborate import elaborate_recipe

    found = []
    for train in sections_of(program, network):
        safe = all(map(names.safe, names_in(train)))
        found.append(elaborate_recipe(program, train, graph, report, budget) if safe else None)
    return found[0] if found else None


def missing(program: Program, network: str, report: Report) -> None:
    """Report that nothing says how to train the network."""
    definition = next(one for one in program.networks if one.name == network)
    others = [one.network for one in program.main.definitions if isinstance(one, syntax.Train)]
    report.add(
        "no-recipe",
        definition.name_span,
        f"no `train` section says how to train `{network}`",
        help=f"this file trains {', '.join(others)}"
        if others
        else f"add `train {network} {{ loss: … }}`",
    )


def check_sections(file: syntax.File, report: Report) -> None:
    """Report sections about networks that the file lacks, lone templates, and second ones."""
    networks = {
        one.name: one
        for one in file.definitions
        if isinstance(one, syntax.Network | syntax.Variant)
    }
    before: dict[str, Span] = {}
    for train in file.definitions:
        if isinstance(train, syntax.Train):
            place = name_place(train)
            _check_network(train.network, place, networks, report)
            if train.network in before:
                _second(train.network, place, before[train.network], report)
            before.setdefault(train.network, place)


def _check_network(
    name: str,
    place: Span,
    networks: dict[str, syntax.Network | syntax.Variant],
    report: Report,
) -> None:
    network = networks.get(name)
    if network is None:
        report.add(
            "unknown-network",
            place,
            f"this file has no network `{name}` to train",
            label="not known",
            help=did_you_mean(name, networks)
            or "a `train` section stands in the file of its network",
        )
    elif (needed := required(network)) and not _is_base(network, networks.values()):
        report.add(
            "network-is-template",
            place,
            f"network `{name}` needs `{needed[0]}`, so it cannot be trained by itself",
            label="a template",
            labels=[Label(network.name_span, f"needs `{needed[0]}`")],
            help=f"make a variant that gives `{needed[0]}`: the section is about all variants",
        )


def _is_base(
    network: syntax.Network | syntax.Variant, networks: Iterable[syntax.Network | syntax.Variant]
) -> bool:
    """Whether some network is a variant of this one."""
    return any(isinstance(one, syntax.Variant) and one.base == network.name for one in networks)


def _second(name: str, place: Span, first: Span, report: Report) -> None:
    report.add(
        "duplicate-name",
        place,
        f"`{name}` has two `train` sections",
        label="a second one",
        labels=[Label(first, "the first")],
        help="bring them together, or make a variant of the network for the second",
    )
