"""Loops whose rounds are written one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.lowering.plan import Body, Code, Element
from archspec.lowering.planning.layered import holds_layers, holds_values, reads_layers
from archspec.lowering.planning.place import Bound, Flow, Place
from archspec.lowering.planning.references import target_codes
from archspec.lowering.planning.resolve import resolve
from archspec.lowering.planning.work import Flows, Planned, Work, as_body
from archspec.lowering.python import constant
from archspec.lowering.values import own_value

_NOT_WRITTEN = syntax.ListOf(())
"""Stands for a list with layers in it: the loop's other variables become their values."""


def rounds_of(scope: Frame) -> list[Frame]:
    """The rounds of a loop."""
    return [one for one in scope.children if isinstance(one, Frame) and one.kind == "iteration"]


def unrolled(
    work: Work,
    step: syntax.For | syntax.Repeat,
    loops: Sequence[Frame],
    rounds: Sequence[Sequence[Frame]],
    place: Place,
    flows: Flows,
) -> Planned:
    """All rounds one after another."""
    count = work.fact(loops, lambda one: len(rounds_of(one)), "the number of rounds")
    iterable = None
    if isinstance(step, syntax.For):
        iterable = _iterable(work, step.iterable, place, flows)
    elements: list[Element] = []
    lists: dict[str, list[Bound]] = {}
    for number in range(count):
        if work.cut:
            break
        scopes = [found[number] for found in rounds]
        inner = _round(work, step, number, iterable, scopes, place)
        flows = tuple(
            Flow(f.variable, f.sizes, tuple(s.incoming[k] for s in scopes), f.indices)
            for k, f in enumerate(flows)
        )
        made, ended = work.body(work, step.body, inner, flows)
        elements += made
        flows = tuple(work.resettled(flow, place) for flow in ended)
        for name, bound in inner.names.values.items():
            lists.setdefault(name, []).append(bound)
    for name, values in lists.items():
        place.names.values[name] = tuple(values)
    return elements, flows


def _round(
    work: Work,
    step: syntax.For | syntax.Repeat,
    number: int,
    iterable: Code | None,
    scopes: Sequence[Frame],
    place: Place,
) -> Place:
    index = syntax.Number(number)
    inner = replace(place.inside(scopes, segment=False), counters=(*place.counters, index))
    if isinstance(step, syntax.For) and iterable is not None:
        _fix(work, inner, step.target, iterable, index)
    return inner


def _iterable(work: Work, text: Code, place: Place, flows: Flows) -> Code:
    """What a loop goes through, or an empty list where no code has it."""
    if place.foreign:
        return text
    if reads_layers(text, place):
        return _NOT_WRITTEN
    return resolve(work, text, place, flows)


def _fix(work: Work, inner: Place, target: syntax.Target, iterable: Code, index: Code) -> None:
    """Let the loop's variables stand for what they are in this round."""
    scopes = inner.scopes
    if iterable is _NOT_WRITTEN:
        for name in target.names():
            if not any(holds_layers(one.bindings[name]) for one in scopes):
                here = {one: one.bindings[name] for one in scopes}
                agreed = work.fact(scopes, here.__getitem__, "an argument")
                inner.names.fixed[name] = constant(agreed)
        return
    for name, code in target_codes(target, iterable, index).items():
        plain = scopes[0].bindings[name]
        if inner.foreign and not holds_values(plain):
            # Text from elsewhere is written with the numbers that it stands for.
            continue
        values = {repr(scope.bindings[name]) for scope in scopes}
        if len(values) == 1 and isinstance(plain, int | float | str):
            code = constant(plain)
        elif holds_values(plain):
            code = _counted(code, scopes[0])
        inner.names.fixed[name] = code


def _counted(code: Code, eye: Frame) -> Code:
    """The code of a named value, with numbers for its indices: no code has the list's length."""
    if not isinstance(code, syntax.Index):
        return code
    return syntax.Index(_counted(code.base, eye), constant(own_value(code.index, eye)))


def unrolled_each(
    work: Work, branch: syntax.Branch, loops: Sequence[Frame], place: Place, flows: Flows
) -> list[tuple[Body, Flow, tuple[Code, ...]]]:
    """Each round of a branch with `each` as a branch of its own, with the indices of its name."""
    assert branch.target is not None
    assert branch.iterable is not None
    count = work.fact(loops, lambda one: len(rounds_of(one)), "the number of rounds")
    iterable = _iterable(work, branch.iterable, place, flows)
    made = []
    for number in range(count):
        index = syntax.Number(number)
        scopes = [rounds_of(one)[number] for one in loops]
        inner = place.inside(scopes, segment=True)
        _fix(work, inner, branch.target, iterable, index)
        starts = tuple(
            Flow(f.variable, f.sizes, tuple(s.incoming[k] for s in scopes), f.indices)
            for k, f in enumerate(flows)
        )
        given = () if branch.chain.origins else starts
        elements, ended = work.body(work, branch.chain, inner, given)
        body = as_body(elements, given or flows, ended, inner)
        made.append((body, ended[0], (*place.counters, index)))
    return made
