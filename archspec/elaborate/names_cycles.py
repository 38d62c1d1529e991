"""cycles: definitions that use themselves, directly or through others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archspec.diagnostics import Label, Report
from archspec.source import Span

Uses = Mapping[str, Mapping[str, Span]]
"""For each definition the ones it uses, with the place of the first use."""


def cycles(uses: Uses) -> list[list[tuple[str, Span]]]:
    """Each circle as the names that are used along it, with the places of these uses.

    A definition that closes several circles is told once.
    """
    found: list[list[tuple[str, Span]]] = []
    done: set[str] = set()
    for start in uses:
        if start not in done:
            found.extend(_from(start, uses, done))
    return found


def _from(start: str, uses: Uses, done: set[str]) -> Iterator[list[tuple[str, Span]]]:
    """Circles that a walk from `start` runs into; without recursion, for chains of any length."""
    way = [start]
    places: list[Span] = []
    open_ = {start: 0}
    todo = [iter(uses[start].items())]
    while todo:
        step = next(todo[-1], None)
        if step is None:
            todo.pop()
            name = way.pop()
            del open_[name]
            done.add(name)
            if places:
                places.pop()
            continue
        name, span = step
        if name in open_:
            first = open_[name]
            yield list(zip((*way[first + 1 :], name), (*places[first:], span), strict=True))
        elif name in uses and name not in done:
            open_[name] = len(way)
            way.append(name)
            places.append(span)
            todo.append(iter(uses[name].items()))


def report_cycle(cycle: list[tuple[str, Span]], report: Report) -> None:
    """Report definitions that use each other, or one that uses itself."""
    names = [name for name, _ in cycle]
    way = " -> ".join(f"`{name}`" for name in (names[-1], *names))
    itself = len(cycle) == 1
    report.add(
        "recursion",
        cycle[-1][1] if itself else cycle[0][1],
        f"`{names[0]}` uses itself" if itself else f"definitions use each other in a circle: {way}",
        label=f"`{names[0]}` again" if itself else f"uses `{cycle[0][0]}`",
        labels=[Label(span, f"uses `{name}`") for name, span in cycle[1:]],
        help="write repetition with `for` or `repeat`; every definition must come to an end",
    )
