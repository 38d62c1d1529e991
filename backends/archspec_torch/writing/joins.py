"""Joins: each branch as an expression of what came in, then the op over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archspec.ir import Node, Scope
from archspec.lowering.plan import Apply, Body, Branch, Disagreement, Join
from archspec_torch.lowering import find
from archspec_torch.writing import chain
from archspec_torch.writing.headers import comprehension
from archspec_torch.writing.inner import separable, write_inner
from archspec_torch.writing.items import Item, Labelled, is_single, joined, only
from archspec_torch.writing.lines import Lines
from archspec_torch.writing.passing import stretches
from archspec_torch.writing.place import Place
from archspec_torch.writing.values import is_name, start

if TYPE_CHECKING:
    from archspec_torch.writing.forward import Forward
    from archspec_torch.writing.writer import ClassWriter


def write(forward: Forward, element: Join, place: Place) -> None:
    """The branches, which start from one value, and the op that joins them."""
    for reference in element.inputs:
        forward.settled(reference, place)
    for branch in element.branches:
        forward.enter(element.inputs, branch.body)
    for reference in element.inputs:
        forward.values.hold(reference.variable)
    found: list[Part] = []
    for branch in element.branches:
        found.append(_branch(forward, element, branch, place))
        # What later branches assign must leave the expressions of earlier ones as they are.
        forward.values.pending.append(found[-1].text)
    del forward.values.pending[-len(found) :]
    for reference in element.inputs:
        forward.values.hold(reference.variable, -1)
    text = _accumulated(forward, element, found, place) or _joined(forward, element, found, place)
    forward.produce(element.outputs[0], text, place)


_NAME = re.compile(r"[^\W\d]\w*")


class Part:
    """The expression of one branch; `many` where it is a list of values, `flag` its condition."""

    def __init__(self, text: str, many: bool = False, flag: str | None = None) -> None:
        self.text, self.many, self.flag = text, many, flag


def _branch(forward: Forward, element: Join, branch: Branch, place: Place) -> Part:
    name = branch.segment or branch.label or "branch"
    if branch.loop is not None:
        return _each(forward, element, branch, place, name)
    if branch.present is None:
        return Part(_expression(forward, element, branch.body, place, name))
    return _optional(forward, element, branch, place, name)


def _expression(forward: Forward, join: Join, body: Body, place: Place, name: str) -> str:
    if not body.elements:
        return _read(forward, join, body)
    first = start(join, body)
    plain = chain.plain(body, forward.writer, first)
    if plain and first is not None and not forward.is_function(body):
        given = forward.values.use(first)
        access = forward.attribute(body, place, name)
        return f"{access}({given})"
    if len(body.elements) == 1:
        forward.named(body.elements[0], place, name)
    else:
        forward.body(body, place.inside(name))
    return _read(forward, join, body)


def _read(forward: Forward, join: Join, body: Body) -> str:
    """What a branch results in; a learned value in full, where one for all samples will not do."""
    text = forward.read(body.results[0])
    alone = all(_learned(one.body) for one in join.branches)
    stacked = any(one.loop is not None for one in join.branches)
    if alone or stacked or not stretches(join.apply.op.name):
        return forward.expanded(body.results[0], text)
    return text


def _learned(body: Body) -> bool:
    """Whether the body does nothing but make a learned value."""
    (*others, last) = body.elements or (None,)
    return not others and isinstance(last, Apply) and not last.inputs


def _each(forward: Forward, join: Join, branch: Branch, place: Place, name: str) -> Part:
    """One branch for each element of a list, as modules in a list."""
    loop = branch.loop
    assert loop is not None
    writer = forward.writer
    first = start(join, branch.body)
    apart = place.rounds is not None or _is_stretched(join.apply)
    if apart or first is None or not separable(branch.body):
        raise Disagreement(loop, lambda scope: scope.path, "place")
    loop_header = writer.loop_header(loop)
    whole: Item
    if chain.plain(branch.body, writer, first) and _is_expression(branch.body, writer):
        items = chain.items(branch.body, writer)
        whole = Labelled(items, is_single(items), writer.scope.names.take)
    else:
        whole = write_inner(writer, branch.body, name)
    text = only(whole)

    def at(instance: int) -> list[tuple[str, int]]:
        return [
            (f"{suffix}.{number}", sum(map(len, loop.rounds[:one])) + number)
            for suffix, one in place.at(instance)
            for number in range(len(loop.rounds[one]))
        ]

    inner = replace(place, at=at)
    listed = f"nn.ModuleList({comprehension(text, loop_header)})"
    access = writer.register(inner, name, listed, lambda k: whole.makers(k)[0])
    given = forward.values.use(first)
    if name in _NAME.findall(given):
        name = writer.locals.take("layer")
    return Part(f"[{name}({given}) for {name} in {access}]", many=True)


def _is_expression(body: Body, writer: ClassWriter) -> bool:
    return joined(chain.items(body, writer)) is not None


def _optional(forward: Forward, element: Join, branch: Branch, place: Place, name: str) -> Part:
    """A branch that is there only under a condition."""
    writer = forward.writer
    assert branch.present is not None
    if place.rounds is not None or len(element.branches) != 2:
        raise Disagreement(element, _presence, "branches")
    known, flag = writer.flag(place, element, branch.present, f"has_{name}")
    numbers = _numbers(element, branch)

    def at(instance: int) -> list[tuple[str, int]]:
        return [(s, numbers[one]) for s, one in place.at(instance) if one in numbers]

    if not branch.body.elements:
        return Part(_expression(forward, element, branch.body, place, name), flag=flag)
    init = Lines()
    inner = replace(place, at=at, init=init)
    text = _expression(forward, element, branch.body, inner, name)
    if init.found:
        with place.init.indented(f"if {known}:"):
            place.init.extend(init)
    return Part(text, flag=flag)


def _numbers(element: Join, branch: Branch) -> dict[int, int]:
    """For each instance of the join that has the branch, the number of the branch's instance."""
    joins = {id(one): number for number, one in enumerate(element.instances)}
    found: dict[int, int] = {}
    for number, scope in enumerate(branch.body.scopes):
        around: Scope | None = scope
        while around is not None and id(around) not in joins:
            around = around.parent
        assert around is not None
        found[joins[id(around)]] = number
    return found


def _presence(scope: Scope) -> tuple[str, ...]:
    return tuple(child.path[-1][0] for child in scope.children if isinstance(child, Scope))


def _accumulated(
    forward: Forward, element: Join, parts: Sequence[Part], place: Place
) -> str | None:
    """One branch takes up the other in its own memory, where nothing can notice."""
    number = forward.writer.file.overwriting.accumulates(element)
    if number is None:
        return None
    name, other = parts[number].text, parts[1 - number].text
    variable = element.outputs[0]
    if not name.isidentifier():
        text, name = name, forward.variable_name(variable, place, [other])
        place.forward.add(f"{name} = {text}{forward.shape(variable, place)}")
    lowering = find(element.apply.op.name)
    assert lowering is not None
    place.forward.add(f"{name} {lowering.accumulates} {other}")
    return name


def _joined(forward: Forward, element: Join, parts: Sequence[Part], place: Place) -> str:
    if any(part.many for part in parts):
        return _over_lists(forward, element.apply, parts)
    flagged = [part for part in parts if part.flag]
    if len(flagged) == len(parts) and len(parts) > 1:
        raise Disagreement(element, _presence, "branches")
    build = forward.operation(element.apply, place, element.apply.segment)
    texts = [part.text for part in parts]
    if not flagged:
        return build(texts)
    (optional,) = flagged
    (always,) = [part for part in parts if not part.flag]
    name = always.text
    if not is_name(name):
        name = forward.writer.locals.take("main")
        place.forward.add(f"{name} = {always.text}")
        texts = [name if part is always else part.text for part in parts]
    return f"{build(texts)} if {optional.flag} else {name}"


def _over_lists(forward: Forward, apply: Apply, parts: Sequence[Part]) -> str:
    if len(parts) == 1:
        listed = parts[0].text
    else:
        listed = f"[{', '.join(f'*{p.text}' if p.many else p.text for p in parts)}]"
    lowering = find(apply.op.name)
    assert lowering is not None
    assert lowering.listed is not None
    return lowering.listed(listed)


def _is_stretched(apply: Apply) -> bool:
    """Whether values are joined that PyTorch cannot stack, because their shapes differ."""
    nodes = [one for one in apply.instances if isinstance(one, Node)]
    return stretches(apply.op.name) and any(len({v.shape for v in one.inputs}) > 1 for one in nodes)
