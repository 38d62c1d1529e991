"""Calls: of ops, of joins with branches, of definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.op_arguments import words_of
from archspec.ir import Node, Scope, Value
from archspec.lowering.plan import Apply, Code
from archspec.lowering.planning.absent import absent
from archspec.lowering.planning.place import Flow, Place
from archspec.lowering.planning.references import reference
from archspec.lowering.planning.resolve import resolve
from archspec.lowering.planning.sizes import Sizes, holds, through_op
from archspec.lowering.planning.work import Flows, Planned, Work, children
from archspec.lowering.python import constant, python
from archspec.ops.attribute import Attribute
from archspec.ops.initializer import KNOWN, Initializer
from archspec.ops.op import Op


@dataclass(frozen=True, slots=True)
class Source:
    """A call as it is written, and the place to read its arguments at."""

    step: syntax.LayerCall
    place: Place

    @property
    def arguments(self) -> tuple[syntax.Argument, ...]:
        """What stands in the parentheses."""
        return self.step.arguments or ()


Given = dict[str, tuple[Code, Place]]


def call(
    work: Work,
    site: syntax.Node | Sequence[syntax.Node],
    sources: tuple[Source, ...],
    place: Place,
    flows: Flows,
) -> Planned:
    """What a call became: a node, a join, or a definition."""
    found = children(place, site)
    if not found:
        work.cut = True
        return [], flows
    kind = work.fact(found, _kind, "what is called")
    if kind == "node":
        nodes = [one for one in found if isinstance(one, Node)]
        return apply(work, nodes, sources, place, flows)
    scopes = [one for one in found if isinstance(one, Frame)]
    if kind == "join":
        from archspec.lowering.planning.joins import join

        return join(work, scopes, sources, place, flows)
    if kind == "layer":
        from archspec.lowering.planning.uses import inline_use

        return inline_use(work, scopes, sources, place, flows)
    from archspec.lowering.planning.definition_calls import definition_call

    return definition_call(work, scopes, sources, place, flows)


def _kind(found: Node | Scope) -> str:
    return "node" if isinstance(found, Node) else found.kind


def matched(names: Sequence[str], sources: Sequence[Source]) -> Given:
    """The arguments by parameter: those without a name in order, those of a recipe first."""
    given: Given = {}
    for source in sources:
        for argument in source.arguments:
            name = argument.name or next(one for one in names if one not in given)
            given[name] = (argument.value, source.place)
    return given


def apply(
    work: Work, nodes: Sequence[Node], sources: tuple[Source, ...], place: Place, flows: Flows
) -> Planned:
    """One op."""
    op = work.fact(nodes, lambda node: node.op.name, "the op") and nodes[0].op
    if op.inputs[1] is None or op.inputs[1] > 1:
        sources, named = _take_inputs(sources)
        if named:
            flows = tuple(reference(work, code, there, flows) for code, there in named)
    if op.join:
        flows = tuple(flow for flow in flows if not absent(flow))
    attributes = attribute_codes(work, op, nodes, sources, flows)
    # A learned value at the start of a chain takes nothing of what is there.
    flows = flows[: work.fact(nodes, lambda node: len(node.inputs), "the number of inputs")]
    results = results_of(work, op, nodes, attributes, flows, place)
    element = Apply(
        nodes[0].path[-1][0],
        tuple(flow.reference() for flow in flows),
        tuple(flow.variable for flow in results),
        tuple(nodes),
        indices=place.counters,
        op=op,
        attributes=attributes,
    )
    return [element], results


def _take_inputs(
    sources: tuple[Source, ...],
) -> tuple[tuple[Source, ...], list[tuple[Code, Place]]]:
    named: list[tuple[Code, Place]] = []
    kept = []
    for source in sources:
        rest = []
        for argument in source.arguments:
            if argument.name is None and isinstance(argument.value, syntax.Name | syntax.Index):
                named.append((argument.value, source.place))
            else:
                rest.append(argument)
        kept.append(Source(syntax.LayerCall(source.step.name, tuple(rest)), source.place))
    return tuple(kept), named


def attribute_codes(
    work: Work, op: Op, nodes: Sequence[Node], sources: Sequence[Source], flows: Flows
) -> dict[str, Code]:
    """The code of every attribute that has a value."""
    given = matched([one.name for one in op.attributes], sources)
    found: dict[str, Code] = {}
    for attribute in op.attributes:
        if attribute.name in given:
            code, place = given[attribute.name]
            words = words_of(attribute)
            found[attribute.name] = resolve(work, code, place, flows, words)
            continue
        if nodes[0].attributes[attribute.name] is not None:
            found[attribute.name] = _unwritten(work, attribute, nodes)
    return found


def _unwritten(work: Work, attribute: Attribute, nodes: Sequence[Node]) -> Code:
    name = attribute.name

    def code(node: Node) -> Code:
        return stored_code(attribute, node.attributes[name])

    work.fact(nodes, lambda node: python(code(node)), f"`{name}`")
    return code(nodes[0])


def stored_code(attribute: Attribute, stored: object) -> Code:
    """A stored value as it would be written: one number where all axes have the same."""
    if isinstance(stored, Initializer):
        return initializer_code(stored)
    if isinstance(stored, tuple) and attribute.kind in ("size", "padding", "pairs"):
        flat = {one for pair in stored for one in (pair if isinstance(pair, tuple) else (pair,))}
        if len(flat) == 1:
            return constant(flat.pop())
    return constant(stored)


def initializer_code(stored: Initializer) -> Code:
    """An initialiser as it is written: a word, or a call of it."""
    pairs = zip(KNOWN[stored.name], stored.arguments, strict=True)
    arguments = tuple(syntax.Argument(name, constant(value)) for name, value in pairs)
    return syntax.Call(stored.name, arguments) if arguments else syntax.Text(stored.name)


def results_of(
    work: Work,
    op: Op,
    nodes: Sequence[Node],
    attributes: dict[str, Code],
    flows: Flows,
    place: Place,
) -> Flows:
    """The values that an op results in."""
    count = work.fact(nodes, lambda node: len(node.outputs), "the number of results")
    sizes = through_op(op, nodes, attributes, [flow.sizes for flow in flows], work.inputs)
    found = []
    for k in range(count):
        values = [node.outputs[k] for node in nodes]
        mine = sizes[k]
        if op.join and len(place.scopes) == len(values):
            mine = (*mine[:-1], _simplest(work, mine[-1], values, flows, place))
        found.append(work.flow(mine, values, place))
    return tuple(found)


def _simplest(
    work: Work, code: Code | None, values: Sequence[Value], flows: Sequence[Flow], place: Place
) -> Code | None:
    """The shortest of the forms that hold for the channels of a join and of what it joins."""
    wanted = [value.shape[-1] for value in values]
    forms: Sizes = (code, *(flow.sizes[-1] for flow in flows if flow.sizes))
    found = [
        one for one in forms if one is not None and holds(one, wanted, place.scopes, work.places)
    ]
    return min(found, key=_complexity, default=None)


def _complexity(code: Code) -> tuple[bool, int]:
    return isinstance(code, syntax.Conditional), len(python(code))
