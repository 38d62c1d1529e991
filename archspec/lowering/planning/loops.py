"""Loops: `for`, `repeat`, and branches with `each`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.lowering.plan import Carried, Code, Element, Loop, Variable
from archspec.lowering.planning.layered import holds_values, reads_layers
from archspec.lowering.planning.place import Bound, Clash, Flow, Place, Rounds, Torn
from archspec.lowering.planning.resolve import resolve
from archspec.lowering.planning.sizes import expanded
from archspec.lowering.planning.unrolling import rounds_of, unrolled
from archspec.lowering.planning.work import Flows, Planned, Work, as_body, scopes_at
from archspec.lowering.rewrite import free_names
from archspec.lowering.symbol import equal

Header = tuple[syntax.Target | None, Code | None, Code | None, str, bool]
"""Target, iterable, count, the counter, and whether the target binds it."""


def loop(work: Work, step: syntax.For | syntax.Repeat, place: Place, flows: Flows) -> Planned:
    """A loop, or its rounds one after another where they differ."""
    loops = scopes_at(place, step)
    rounds = [rounds_of(one) for one in loops]
    if not any(rounds):
        return [], tuple(work.resettled(flow, place) for flow in flows)
    if work.fact(loops, work.planner.decisions.unrolled.__contains__, "how a loop is written"):
        return unrolled(work, step, loops, rounds, place, flows)
    header = _header(work, step, place, flows)
    _whole(work, header, loops, rounds, place)
    scopes = [one for found in rounds for one in found]
    inner = place.inside(scopes, segment=False)
    header = _own_names(work, header, inner)
    inner = replace(inner, counters=(*place.counters, syntax.Name(header[3])))
    elements, starts, ended, carried = _body(work, step.body, inner, loops, flows)
    results = _results(work, carried, ended, loops, place, flows)
    lists = _lists(inner, place, header, loops)
    element: Element = Loop(
        "",
        tuple(flow.reference() for flow in flows),
        tuple(flow.variable for flow in results),
        tuple(loops),
        target=header[0],
        iterable=header[1],
        count=header[2],
        counter=header[3],
        counts=header[4],
        body=as_body(elements, starts, ended, inner),
        rounds=tuple(map(tuple, rounds)),
        carried=carried,
        lists=lists,
    )
    return [element], results


def _header(
    work: Work, step: syntax.For | syntax.Repeat | syntax.Branch, place: Place, flows: Flows
) -> Header:
    if isinstance(step, syntax.Repeat):
        return None, None, resolve(work, step.count, place, flows), work.counter(), False
    target, iterable = step.target, step.iterable
    assert target is not None
    assert iterable is not None
    loops = scopes_at(place, step)
    if place.foreign or reads_layers(iterable, place) or _binds_values(target, loops):
        # The text has names that the written code does not know; only its rounds can be written.
        work.unroll(loops)
    code = resolve(work, iterable, place, flows)
    counter = _own_counter(target, iterable)
    if counter is not None:
        return target, code, None, counter, True
    return target, code, None, work.counter(), False


def _binds_values(target: syntax.Target, loops: Sequence[Frame]) -> bool:
    """Whether a loop variable stands for a named value: code has no lists of mixed shapes."""
    rounds = [one for loop in loops for one in rounds_of(loop)]
    return any(holds_values(one.bindings.get(name)) for one in rounds for name in target.names())


def _own_counter(target: syntax.Target, iterable: Code) -> str | None:
    """The name that counts the rounds anyway."""
    if not isinstance(iterable, syntax.Call):
        return None
    if iterable.function == "range" and len(iterable.arguments) == 1:
        return target.name
    if iterable.function == "enumerate" and len(target.parts) == 2:
        return target.parts[0].name
    return None


def _whole(
    work: Work,
    header: Header,
    loops: Sequence[Frame],
    rounds: Sequence[Sequence[Frame]],
    place: Place,
) -> None:
    """A loop that a network used `through` a layer leaves early is written out."""
    if place.scopes and not any(_through(scope) for scope in work.stops):
        return
    code = header[1] if header[1] is not None else header[2]
    assert code is not None
    for scope, one, found in zip(place.scopes, loops, rounds, strict=True):
        value = work.places.value(code, scope)
        wanted = value if isinstance(value, int) else len(value)
        if wanted != len(found) or _last(one) is _last(work.places.stop(one)):
            work.unroll(loops)


def _through(scope: Frame) -> bool:
    return isinstance(scope.site, syntax.LayerCall) and scope.site.through is not None


def _last(scope: object) -> object:
    while isinstance(scope, Frame) and scope.children:
        scope = scope.children[-1]
    return scope


def _own_names(work: Work, header: Header, inner: Place) -> Header:
    """The header with names that have no other meaning around the loop; they are known inside."""
    target, iterable, count, counter, counts = header
    if target is not None:
        written = {}
        for name in target.names():
            values = [(scope, scope.bindings[name]) for scope in inner.scopes]
            written[name] = work.own_name(name, inner.names, values)
        target = _renamed(target, written)
        counter = written[counter] if counts else counter
    for scope in inner.scopes:
        work.places.add(scope, counter, _number(scope))
    return target, iterable, count, counter, counts


def _renamed(target: syntax.Target, written: dict[str, str]) -> syntax.Target:
    if target.name is not None:
        return syntax.Target(written[target.name])
    return syntax.Target(None, tuple(_renamed(part, written) for part in target.parts))


def _number(scope: Frame) -> int:
    assert isinstance(scope.parent, Frame)
    return rounds_of(scope.parent).index(scope)


def _body(
    work: Work,
    body: syntax.Body,
    inner: Place,
    loops: Sequence[Frame],
    flows: Flows,
) -> tuple[list[Element], Flows, Flows, Carried | None]:
    """The body with what it starts from: first as if the channels stayed the same."""
    starts = _starts(work, inner, flows)
    if len(starts) != 1 or starts[0].sizes[-1] is not None:
        names, taken = inner.names, set(work.taken)
        known, fixed = set(names.known), dict(names.fixed)
        elements, ended = work.body(work, body, inner, starts)
        if not _changes(inner, starts, ended):
            return elements, starts, ended, None
        work.forget(taken)
        names.values.clear()
        names.lets.clear()
        names.known, names.fixed = known, fixed
    name = work.free_name("channels")
    for scope in inner.scopes:
        work.places.add(scope, name, scope.incoming[0].shape[-1])
    first = flows[0].sizes[-1]
    carried_sizes = (*starts[0].sizes[:-1], syntax.Name(name))
    starts = (work.flow(carried_sizes, starts[0].values, inner),)
    elements, ended = work.body(work, body, inner, starts)
    following = ended[0].sizes[-1] if ended else None
    if first is None or following is None:
        work.unroll(loops)
    return elements, starts, ended, Carried(name, first, following)


def _starts(work: Work, inner: Place, flows: Flows) -> Flows:
    found = []
    for k, flow in enumerate(flows):
        values = [scope.incoming[k] for scope in inner.scopes]
        found.append(work.flow(flow.sizes, values, inner))
    return tuple(found)


def _changes(inner: Place, starts: Flows, after: Flows) -> bool:
    """Whether the rounds do not all start from, and end in, the same form of the channels."""
    if len(starts) != 1 or len(after) != 1:
        return False
    one, other = starts[0].sizes[-1], after[0].sizes[-1]
    assert one is not None
    if other is None:
        return any(
            value.shape[-1] != first.shape[-1]
            for value, first in zip(after[0].values, starts[0].values, strict=True)
        )
    if equal(one, other):
        return False
    # What callers choose may be the same number here, and another one elsewhere.
    chosen = _chosen(inner, one) or _chosen(inner, other)
    return chosen or not _constant(starts[0], after[0])


def _chosen(inner: Place, code: Code) -> bool:
    """Whether the code reads a name: any may stand for, or come from, what callers give.

    So may loop variables, and the channels that a loop around or inside this one hands on.
    """
    return bool(free_names(expanded(code, inner.names.all_lets())))


def _constant(start: Flow, end: Flow) -> bool:
    """Two forms of the same number of channels, for every instance and every round."""
    return all(
        one.shape[-1] == other.shape[-1]
        for one, other in zip(start.values, end.values, strict=True)
    )


def _results(
    work: Work,
    carried: Carried | None,
    ended: Flows,
    loops: Sequence[Frame],
    place: Place,
    flows: Flows,
) -> Flows:
    found = []
    for k in range(len(loops[0].outgoing)):
        values = [one.outgoing[k] for one in loops]
        sizes = flows[k].sizes if k < len(flows) else ended[k].sizes
        if carried is not None and not carried.following.same(syntax.Name(carried.name)):
            for scope, value in zip(place.scopes, values, strict=True):
                work.places.add_around(scope, carried.name, value.shape[-1])
            sizes = (*sizes[:-1], syntax.Name(carried.name))
        found.append(work.flow(sizes, values, place))
    return tuple(found)


def _lists(
    inner: Place, place: Place, header: Header, loops: Sequence[Frame]
) -> tuple[tuple[Variable, Variable], ...]:
    """Values labelled in the body, as lists for the text after the loop."""
    target, iterable, count, counter, _ = header
    found = []
    for name, bound in inner.names.values.items():
        if isinstance(bound, Clash):
            place.names.values[name] = bound
            continue
        if isinstance(bound, tuple):
            place.names.values[name] = Torn(tuple(loops))
        if not isinstance(bound, Variable | Rounds):
            continue
        one = bound if isinstance(bound, Variable) else bound.variable
        listed = Variable(name, (), (), listed=True)
        seen: Bound = Rounds(listed, bound, target, iterable, counter, count)
        place.names.values[name] = seen
        found.append((one, listed))
    return tuple(found)


def each(
    work: Work, branch: syntax.Branch, loops: Sequence[Frame], place: Place, flows: Flows
) -> tuple[Loop, Flow, str, tuple[Code, ...]] | None:
    """Branches for the elements of a list: the loop, and the value of one of them."""
    rounds = [rounds_of(one) for one in loops]
    scopes = [one for found in rounds for one in found]
    if not scopes:
        return None
    header = _header(work, branch, place, flows)
    inner = place.inside(scopes, segment=True)
    header = _own_names(work, header, inner)
    starts = _starts(work, inner, flows)
    elements, ended = work.body(work, branch.chain, inner, starts)
    element = Loop(
        "",
        tuple(flow.reference() for flow in flows),
        (),
        tuple(loops),
        target=header[0],
        iterable=header[1],
        count=None,
        counter=header[3],
        counts=header[4],
        body=as_body(elements, starts, ended, inner),
        rounds=tuple(map(tuple, rounds)),
    )
    indices = (*place.counters, syntax.Name(header[3]))
    return element, ended[0], scopes[0].path[-1][0], indices
