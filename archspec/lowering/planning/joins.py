"""Joins: an op over branches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.values import ABSENT
from archspec.ir import Node, Scope
from archspec.lowering.contents import carried_names
from archspec.lowering.plan import Apply, Branch, Code, Element, Group, Join
from archspec.lowering.planning.calls import Source, attribute_codes, results_of
from archspec.lowering.planning.constants import decided
from archspec.lowering.planning.loops import each
from archspec.lowering.planning.place import Flow, Place
from archspec.lowering.planning.resolve import resolve
from archspec.lowering.planning.sizes import with_copies
from archspec.lowering.planning.unrolling import rounds_of, unrolled_each
from archspec.lowering.planning.work import Flows, Planned, Work, as_body, children
from archspec.lowering.rewrite import free_names


@dataclass(slots=True)
class Ended:
    """A planned branch with the values that it results in; `always` says it never is absent."""

    branch: Branch
    flow: Flow
    always: bool


def join(
    work: Work,
    scopes: Sequence[Frame],
    sources: tuple[Source, ...],
    place: Place,
    flows: Flows,
) -> Planned:
    """All branches from the incoming value, and the op that joins them."""
    last = sources[-1]
    inner = Place(
        tuple(scopes),
        tuple(scopes),
        last.place.names,
        last.place.foreign,
        place.counters,
    )
    branches = [
        found
        for branch in last.step.branches or ()
        for found in _branch(work, branch, inner, flows)
    ]
    nodes = [one for scope in scopes for one in scope.children if isinstance(one, Node)]
    if not nodes:
        work.fact(scopes, _places, "which branch is there")
        return _single(work, branches[0], scopes, place, flows)
    element, results = _joined(work, scopes, nodes, branches, sources, place, flows)
    return [element], results


def _joined(
    work: Work,
    scopes: Sequence[Frame],
    nodes: Sequence[Node],
    branches: Sequence[Ended],
    sources: tuple[Source, ...],
    place: Place,
    flows: Flows,
) -> tuple[Element, Flows]:
    op = nodes[0].op
    joined = tuple(one.flow for one in branches)
    attributes = attribute_codes(work, op, nodes, sources, flows)
    sizes = _sizes(work, nodes, scopes, branches, attributes, place)
    results = (work.flow(sizes, [scope.outgoing[0] for scope in scopes], place),)
    apply = Apply(
        nodes[0].path[-1][0],
        tuple(flow.reference() for flow in joined),
        (results[0].variable,),
        tuple(nodes),
        indices=place.counters,
        op=op,
        attributes=attributes,
    )
    element = Join(
        apply.segment,
        tuple(flow.reference() for flow in flows),
        (results[0].variable,),
        tuple(scopes),
        indices=place.counters,
        branches=tuple(one.branch for one in branches),
        apply=apply,
    )
    return element, results


def _sizes(
    work: Work,
    nodes: Sequence[Node],
    scopes: Sequence[Frame],
    branches: Sequence[Ended],
    attributes: dict[str, Code],
    place: Place,
) -> tuple[Code | None, ...]:
    """Forms for the joined value, from branches that are there for every instance."""
    always = [one.flow for one in branches if one.always and one.branch.loop is None]
    if len(always) == len(branches) and len(nodes) == len(scopes):
        found = results_of(work, nodes[0].op, nodes, attributes, tuple(always), place)
        return found[0].sizes
    loops = [one for one in branches if one.branch.loop is not None]
    if len(loops) == 1 and len(always) + 1 == len(branches) and len(nodes) == len(scopes):
        inputs = [flow.sizes for flow in always]
        copied = _known_outside(loops[0])
        channels = with_copies(nodes[0].op, nodes[0], inputs, copied, _summed(loops[0].branch))
        return (None,) * (len(copied) - 1) + (channels,)
    outgoing = [scope.outgoing[0] for scope in scopes]
    for flow in always:
        if [value.shape for value in flow.values] == [value.shape for value in outgoing]:
            return flow.sizes
    return (None,)


def _known_outside(ended: Ended) -> tuple[Code | None, ...]:
    """The sizes of a branch of `each`, but those that only its rounds know."""
    inside = carried_names(ended.branch.body)
    return tuple(
        None if one is None or inside & free_names(one) else one for one in ended.flow.sizes
    )


def _summed(branch: Branch) -> Callable[[Code], Code]:
    loop = branch.loop
    assert loop is not None
    target, iterable = loop.target, loop.iterable
    assert target is not None
    assert iterable is not None

    def summed(size: Code) -> Code:
        if free_names(size) & {*target.names(), loop.counter}:
            listed = syntax.Comprehension(size, target, iterable)
            return syntax.Call("sum", (syntax.Argument(None, listed),))
        return syntax.Binary("*", syntax.Call("len", (syntax.Argument(None, iterable),)), size)

    return summed


def _places(scope: Frame) -> tuple[int, ...]:
    """Which branches result in a value, by their places in the text."""
    made = [one for one in scope.children if isinstance(one, Frame)]
    return tuple(k for k, one in enumerate(made) if set(one.outgoing) - {ABSENT})


def _single(
    work: Work, ended: Ended, scopes: Sequence[Frame], place: Place, flows: Flows
) -> Planned:
    """A join of which only one branch is ever there is that branch."""
    branch = ended.branch
    if branch.loop is not None:
        # Its only round is written without the loop, so the loop's names become their values.
        work.unroll([one for one in branch.loop.instances if isinstance(one, Scope)])
    values = [scope.outgoing[0] for scope in scopes]
    result = work.flow(ended.flow.sizes, values, place)
    element = Group(
        branch.segment,
        tuple(flow.reference() for flow in flows),
        (result.variable,),
        branch.body.scopes,
        indices=branch.indices,
        body=branch.body,
        labelled=True,
    )
    return [element], (result,)


def _branch(work: Work, branch: syntax.Branch, place: Place, flows: Flows) -> list[Ended]:
    label = branch.chain.labels[0].name if branch.chain.labels else None
    if branch.target is not None:
        return _each(work, branch, label, place, flows)
    found = [one for one in children(place, branch) if isinstance(one, Frame)]
    segment = found[0].path[-1][0]
    present, chain, scopes = _present(work, branch.chain, found, place, flows)
    if not scopes:
        return []
    inner = place.inside(scopes, segment=True)
    named = isinstance(chain, syntax.Chain) and chain.origins
    starts = () if named else _starts(flows, scopes)
    elements, ended = work.body(work, chain, inner, starts)
    body = as_body(elements, starts or flows, ended, inner)
    always = len(scopes) == len(found)
    made = Branch(body, label, segment, None if always and present is None else present)
    made.indices = place.counters
    return [Ended(made, ended[0], always)]


def _starts(flows: Flows, scopes: Sequence[Scope]) -> Flows:
    return tuple(
        Flow(flow.variable, flow.sizes, tuple(scope.incoming[k] for scope in scopes), flow.indices)
        for k, flow in enumerate(flows)
    )


def _present(
    work: Work, chain: syntax.Chain, scopes: Sequence[Frame], place: Place, flows: Flows
) -> tuple[Code | None, syntax.Chain | syntax.Body, list[Frame]]:
    """When the branch is there, what it is then, and its instances that are there."""
    text: syntax.Chain | syntax.Body = chain
    condition: Code | None = None
    found = list(scopes)
    while True:
        step = _only_step(text)
        if isinstance(step, syntax.LayerCall) and step.name == "none":
            return condition, text, []
        if not isinstance(step, syntax.If):
            break
        if not (_absent(step.then) or _absent(step.otherwise)):
            break
        if step in work.planner.decisions.decided:
            found = [one for scope in found for one in scope.at(step) if isinstance(one, Frame)]
            keep = _taken(work, found)
            if keep is None:
                return condition, syntax.Body(()), found
            text = keep
            continue
        here = place.inside(found, segment=True)
        one = resolve(work, step.condition, here, _starts(flows, found))
        keep = step.otherwise if _absent(step.then) else step.then
        if keep is step.otherwise:
            one = syntax.Unary("not", one)
        condition = _both(condition, one)
        inner = [frame for scope in found for frame in scope.at(step) if isinstance(frame, Frame)]
        found = [frame for frame in inner if frame.taken is keep]
        if keep is None:
            return condition, syntax.Body(()), found
        text = keep
    gone = {ABSENT in scope.outgoing for scope in found}
    if len(gone) > 1:
        work.disagree(found, lambda scope: ABSENT in scope.outgoing, "whether a branch is there")
    return condition, text, [] if True in gone else found


def _taken(work: Work, choices: Sequence[Frame]) -> syntax.Body | None:
    """The arm that all instances of a choice take."""
    taken = choices[0].taken
    work.fact(choices, lambda one: one.taken is taken, "which arm is taken")
    return taken


def _both(first: Code | None, second: Code) -> Code | None:
    """Both conditions; what is known needs none, because the instances tell it."""
    if isinstance(decided(second), syntax.Boolean):
        return first
    return second if first is None else syntax.Binary("and", first, second)


def _only_step(text: syntax.Chain | syntax.Body | None) -> syntax.Step | None:
    if isinstance(text, syntax.Body):
        if len(text.statements) != 1 or not isinstance(text.statements[0], syntax.Chain):
            return None
        text = text.statements[0]
        if text.labels:
            return None
    if text is None or text.origins or len(text.steps) != 1:
        return None
    return text.steps[0]


def _absent(body: syntax.Body | None) -> bool:
    step = _only_step(body)
    if isinstance(step, syntax.If) and step.otherwise is not None:
        return _absent(step.then) and _absent(step.otherwise)
    return isinstance(step, syntax.LayerCall) and step.name == "none"


def _each(
    work: Work, branch: syntax.Branch, label: str | None, place: Place, flows: Flows
) -> list[Ended]:
    loops = [one for one in children(place, branch) if isinstance(one, Frame)]
    if work.fact(loops, work.planner.decisions.unrolled.__contains__, "how a loop is written"):
        made = unrolled_each(work, branch, loops, place, flows)
        segments = [rounds_of(one)[0].path[-1][0] for one in loops if one.children]
        return [
            Ended(Branch(body, label, segments[0], indices=indices), flow, True)
            for body, flow, indices in made
        ]
    found = each(work, branch, loops, place, flows)
    if found is None:
        return []
    loop, flow, segment, indices = found
    always = all(one.children for one in loops)
    return [Ended(Branch(loop.body, label, segment, None, loop, indices), flow, always)]
