"""What makes a plan finer: definitions split into variants, loops unrolled, choices decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.ir import Node, Scope, spell
from archspec.lowering.planning.ghosts import Ghosts
from archspec.source import NOWHERE, Span


@dataclass(slots=True)
class Decisions:
    """`variants` tells instances of one definition apart, `unrolled` are loops to write out.

    `decided` are choices whose arm is written without the condition, `inlined` calls whose
    definition is written in their place, `ghosts` arms that no instance takes.
    """

    variants: dict[Scope, tuple[str, ...]] = field(default_factory=dict)
    unrolled: set[Scope] = field(default_factory=set)
    decided: set[syntax.If] = field(default_factory=set)
    inlined: set[Scope] = field(default_factory=set)
    ghosts: Ghosts = field(default_factory=dict)


class Again(Exception):
    """The decisions have changed: plan once more."""


class NotLowerable(Exception):
    """No finer plan exists in which the instances agree.

    Uses of one layer instance cannot be written apart: they share their weights.
    """

    def __init__(self, instance: Node | Scope, what: str) -> None:
        super().__init__(f"the uses of `{spell(instance.path)}` share one layer, and need {what}")
        span = getattr(instance.site, "span", NOWHERE)
        self.span: Span = span


def drop_ghosts(
    decisions: Decisions, instances: Sequence[Node | Scope], keys: Sequence[Any]
) -> bool:
    """Leave out arms that no instance takes if only their contents are different."""
    roots = set(decisions.ghosts.values())
    owners = [_ghost(one, roots) for one in instances]
    real = {repr(key) for key, owner in zip(keys, owners, strict=True) if owner is None}
    if len(real) > 1 or not any(owners):
        return False
    gone = {owner.site for owner in owners if owner is not None}
    decisions.ghosts = {
        choice: ghost for choice, ghost in decisions.ghosts.items() if ghost.site not in gone
    }
    return True


def _ghost(instance: Node | Scope, roots: set[Frame]) -> Scope | None:
    scope: Scope | None = instance.scope if isinstance(instance, Node) else instance
    while scope is not None and scope not in roots:
        scope = scope.parent
    return scope


def refine(
    decisions: Decisions,
    instances: Sequence[Node | Scope],
    keys: Sequence[Any],
    stops: set[Scope],
    what: str = "different code",
) -> None:
    """Decide so that instances with different keys are planned apart."""
    spelled = [repr(key) for key in keys]
    ways = [_way(one, stops) for one in instances]
    if len(set(spelled)) == 1:
        _simplify(decisions, instances, ways)
        return
    by_stop: dict[Scope, set[str]] = {}
    for way, key in zip(ways, spelled, strict=True):
        by_stop.setdefault(way[-1], set()).add(key)
    if all(len(found) == 1 for found in by_stop.values()):
        split(decisions, list(by_stop), [min(found) for found in by_stop.values()])
        return
    kept = [[one for one in way if one not in decisions.unrolled] for way in ways]
    loops = _separating(ways, kept, spelled)
    if not loops:
        raise NotLowerable(instances[0], what)
    decisions.unrolled |= loops


def _simplify(
    decisions: Decisions, instances: Sequence[Node | Scope], ways: Sequence[Sequence[Scope]]
) -> None:
    """Take apart what no writer can express though all instances agree.

    First the innermost loop around it, then the choices in it, last the definition it stands in.
    """
    loops = [one for way in ways for one in way if one.kind == "loop"]
    kept = [one for one in loops if one not in decisions.unrolled]
    if kept:
        decisions.unrolled |= {one for one in kept if one.site is kept[0].site}
        return
    inside = [one for scope in instances if isinstance(scope, Scope) for one in scope.walk()]
    choices = {one.site for one in inside if isinstance(one.site, syntax.If)}
    if choices - decisions.decided:
        decisions.decided |= choices
        return
    around = {way[-1] for way in ways if way[-1].parent is not None}
    if around <= decisions.inlined:
        raise NotLowerable(instances[0], "code that cannot be written")
    decisions.inlined |= around


def split(decisions: Decisions, stops: Sequence[Scope], keys: Sequence[str]) -> None:
    """Plan instances of one definition apart by their keys."""
    assert len(set(keys)) > 1, "nothing tells these instances apart"
    for stop, key in zip(stops, keys, strict=True):
        decisions.variants[stop] = (*decisions.variants.get(stop, ()), key)


def _way(instance: Node | Scope, stops: set[Scope]) -> list[Scope]:
    """The scopes around an instance, innermost first, up to that of the planned definition."""
    scope = instance.scope if isinstance(instance, Node) else instance
    if isinstance(instance, Scope) and instance in stops and instance.parent is not None:
        scope = instance.parent
    found = [scope]
    while scope not in stops and scope.parent is not None:
        scope = scope.parent
        found.append(scope)
    return found


def _separating(
    ways: Sequence[Sequence[Scope]], kept: Sequence[Sequence[Scope]], keys: Sequence[str]
) -> set[Scope]:
    """The loops of the innermost site whose rounds tell the keys apart, else the outermost.

    `kept` are the ways without loops that are written out already.
    """
    sites: list[syntax.Node] = []
    for way in kept:
        sites += [one.site for one in way if one.kind == "loop" and one.site not in sites]
    for site in sites:
        rounds: dict[Scope, set[str]] = {}
        for way, key in zip(ways, keys, strict=True):
            at = next((k for k, one in enumerate(way) if _is_loop(one, site)), None)
            if at is not None:
                rounds.setdefault(way[at - 1], set()).add(key)
        if rounds and all(len(found) == 1 for found in rounds.values()):
            return _loops(kept, site)
    return _loops(kept, sites[-1]) if sites else set()


def _is_loop(scope: Scope, site: syntax.Node) -> bool:
    return scope.kind == "loop" and scope.site is site


def _loops(ways: Sequence[Sequence[Scope]], site: syntax.Node) -> set[Scope]:
    return {one for way in ways for one in way if _is_loop(one, site)}
