"""A loop in the forward pass: lists of modules, walked side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from archspec.lowering.contents import carried_names
from archspec.lowering.plan import Body, Disagreement, Group, Let, Loop
from archspec.lowering.rewrite import free_names
from archspec_torch.naming import plural
from archspec_torch.writing import chain
from archspec_torch.writing.dynamic import Rounds, reads_start
from archspec_torch.writing.headers import comprehension, header
from archspec_torch.writing.inner import intricate, separable, write_inner
from archspec_torch.writing.items import Define, Labelled
from archspec_torch.writing.lines import Lines
from archspec_torch.writing.place import At, Place, RoundModules
from archspec_torch.writing.values import outside as values_outside
from archspec_torch.writing.values import start

if TYPE_CHECKING:
    from archspec_torch.writing.forward import Forward


def write(forward: Forward, element: Loop, place: Place) -> None:
    """As one `Sequential` where each round is a chain of modules, else as a `for` statement."""
    writer = forward.writer
    if not element.lists and chain.plain(element.body, writer, start(element, element.body)):
        whole = Labelled([chain.rounds(element, writer)], False, writer.scope.names.take)
        name, texts = _name(element), whole.texts()
        text = texts[0] if texts is not None else whole.build(place.init, _listed(element))
        access = writer.register(place, name, text, lambda k: whole.makers(k)[0])
        forward.express(element, place, lambda given: f"{access}({given[0]})")
        return
    nested = place.rounds is not None
    better = not element.lists and (nested or intricate(element.body, writer))
    if better and separable(element.body) and not _reads_inside(element):
        _classes(forward, element, place)
        return
    if nested:
        raise Disagreement(element, lambda scope: scope.path, "place")
    _statement(forward, element, place)


def _classes(forward: Forward, element: Loop, place: Place) -> None:
    """Each round as a module of a class that is written for it."""
    writer, name = forward.writer, _name(element)
    before, loop_header, after = _headers(forward, element)
    defines, body = _handed_on(forward, element)
    part = write_inner(writer, body, name)
    rounds = Rounds(element, [*defines, part], loop_header, before, after())
    whole = Labelled([rounds], False, writer.scope.names.take)
    texts = whole.texts()
    text = texts[0] if texts is not None else whole.build(place.init, _listed(element))
    access = writer.register(place, name, text, lambda k: whole.makers(k)[0])
    forward.express(element, place, lambda given: f"{access}({given[0]})")


def _handed_on(forward: Forward, element: Loop) -> tuple[list[Define], Body]:
    """The `let`s of a round that its end reads, which stand in the loop, and what is left."""
    body, (taken, _) = element.body, _read_at_end(element)
    forward.writer.bodies.append(body)
    defines = [Define(one, forward.writer.let(one)) for one in taken]
    forward.writer.bodies.pop()
    rest = tuple(one for one in body.elements if one not in taken)
    return defines, replace(body, elements=rest)


def _read_at_end(element: Loop) -> tuple[list[Let], set[str]]:
    """The `let`s of a round that its end reads, and all names that it reads."""
    carried = element.carried
    read = free_names(carried.following) if carried is not None else set()
    taken: list[Let] = []
    for one in reversed(element.body.elements):
        if isinstance(one, Let) and one.name in read:
            read |= free_names(one.value)
            taken.insert(0, one)
    return taken, read


def _reads_inside(element: Loop) -> bool:
    """Whether the end of a round reads what a loop inside it hands on, which a class would hide."""
    _, read = _read_at_end(element)
    return bool(read & carried_names(element.body))


def _listed(element: Loop) -> str:
    """What the list of the rounds' modules is called."""
    steps = [one for one in element.body.elements if one.segment]
    labelled = len(steps) == 1 and isinstance(steps[0], Group) and steps[0].labelled
    return plural(steps[0].segment) if labelled else "layers"


def _name(element: Loop) -> str:
    for one in element.body.elements:
        if one.segment:
            return one.segment
        if isinstance(one, Loop):
            return _name(one)
        if isinstance(one, Group) and one.body.elements:
            return one.body.elements[0].segment or "rounds"
    return "rounds"


def _statement(forward: Forward, element: Loop, place: Place) -> None:
    writer = forward.writer
    for _, listed in element.lists:
        name = writer.locals.take(plural(listed.label or "value"))
        forward.values.set(listed, name)
        place.forward.add(f"{name}: list[Tensor] = []")
    for one, listed in element.lists:
        writer.lists[id(one)] = forward.values.peek(listed)
    taken = values_outside(element.body)
    for variable in taken:
        # Every round reads it, so it is computed before.
        if forward.values.waits(variable):
            forward.assign(variable, forward.values.peek(variable), place)
        forward.values.hold(variable)
    flow = _start(forward, element, place)
    init, lines, modules = Lines(), Lines(), RoundModules()
    at = _rounds(place.at, element)
    inner = replace(place, at=at, init=init, forward=lines, flow=flow, rounds=modules, top=False)
    before, loop_header, after = _headers(forward, element)
    loop_locals, channels = _bind(forward, element), _bind_channels(forward, element)
    forward.body(element.body, inner)
    for reference in element.body.results:
        text = forward.read(reference)
        if text != flow:
            lines.add(f"{flow} = {text}")
    for variable in taken:
        forward.values.hold(variable, -1)
    if element.carried is not None:
        writer.scope.unbind_local(element.carried.name)
        lines = _counted(lines, channels, flow)
    _put_init(place.init, modules, init, (before, loop_header, after()))
    with place.forward.indented(_forward_header(forward, element, modules, lines, loop_locals)):
        place.forward.extend(lines)
    for output in element.outputs:
        forward.values.set(output, flow)


def _start(forward: Forward, element: Loop, place: Place) -> str:
    """Puts what goes in into the variable that the rounds hand on."""
    flow = next(forward.writer.flows(place.flow))
    for reference, variable in zip(element.inputs, element.body.incoming, strict=False):
        text = forward.read(reference)
        flow = forward.free_flow(variable, place)
        if text != flow:
            place.forward.add(f"{flow} = {text}")
        forward.values.set(variable, flow)
    return flow


def _rounds(at: At, element: Loop) -> At:
    def found(instance: int) -> list[tuple[str, int]]:
        return [
            (f"{suffix}.{number}", sum(map(len, element.rounds[:one])) + number)
            for suffix, one in at(instance)
            for number in range(len(element.rounds[one]))
        ]

    return found


def _headers(forward: Forward, element: Loop) -> tuple[str | None, str, Callable[[], str | None]]:
    """What stands before the constructor's loop, its header, and what ends each round."""
    scope, carried = forward.writer.scope, element.carried
    before, name = None, ""
    if carried is not None:
        name, before = forward.writer.carry(element)
    loop_header = forward.writer.loop_header(element)

    def after() -> str | None:
        if carried is None:
            return None
        following = scope.write(carried.following)
        return f"{name} = {following}" if following != name else None

    return before, loop_header, after


def _put_init(
    lines: Lines,
    modules: RoundModules,
    init: Lines,
    around: tuple[str | None, str, str | None],
) -> None:
    before, loop_header, after = around
    if len(modules.found) == 1 and len(init.found) == 1 and not after:
        ((attribute, _),) = modules.found
        start = f"self.{attribute}.append("
        if init.found[0].startswith(start) and not reads_start(init.found[0], before):
            text = init.found[0][len(start) : -1]
            lines.add(f"self.{attribute} = nn.ModuleList({comprehension(text, loop_header)})")
            return
    if not init.found and not after:
        return
    if before:
        lines.add(before)
    for attribute, _ in modules.found:
        lines.add(f"self.{attribute} = nn.ModuleList()")
    with lines.indented(f"{loop_header}:"):
        lines.extend(init)
        if after:
            lines.add(after)


def _bind(forward: Forward, element: Loop) -> list[str]:
    """Gives the loop's variables names of their own in the forward pass."""
    names = element.target.names() if element.target is not None else ()
    found = []
    for name in names:
        forward.writer.scope.bind_local(name, forward.writer.local(name))
        found.append(forward.writer.local(name))
    return found


def _bind_channels(forward: Forward, element: Loop) -> str:
    """Gives the channels that a round starts from a name in the forward pass.

    The constructor's own name holds those of the last round when it is done.
    """
    if element.carried is None:
        return ""
    name = forward.writer.local(element.carried.name)
    forward.writer.scope.bind_local(element.carried.name, name)
    return name


def _counted(lines: Lines, channels: str, flow: str) -> Lines:
    """The lines of a round, which begin with its channels where one of them reads those."""
    if not any(re.search(rf"(?<![\w.]){channels}\b", line) for line in lines.found):
        return lines
    found = Lines()
    found.add(f"{channels} = {flow}.shape[1]")
    found.extend(lines)
    return found


def _forward_header(
    forward: Forward, element: Loop, modules: RoundModules, lines: Lines, variables: list[str]
) -> str:
    """`for … in …` over what the body uses: the loop's own variables, its modules, or both."""
    scope = forward.writer.scope
    text = "\n".join(lines.found)
    targets = [variable for _, variable in modules.found]
    sources = [f"self.{attribute}" for attribute, _ in modules.found]
    used = any(re.search(rf"(?<![\w.]){re.escape(one)}\b", text) for one in variables)
    if element.target is not None and used:
        target = scope.target(element.target, forward=True)
        assert element.iterable is not None
        names = element.target.names()
        for name in names:
            scope.unbind_local(name)
        iterable = scope.iterable(element.iterable, forward=True)
        if sources and element.target.name is None:
            target = f"({target})"
        targets.insert(0, target)
        sources.insert(0, iterable)
    elif not sources:
        repeated = element.count if element.iterable is None else None
        if repeated is not None:
            return f"for _ in range({scope.write_forward(repeated)}):"
        assert element.iterable is not None
        return f"for _ in {scope.iterable(element.iterable, forward=True)}:"
    for name in element.target.names() if element.target is not None else ():
        scope.unbind_local(name)
    source = sources[0] if len(sources) == 1 else f"zip({', '.join(sources)}, strict=True)"
    return header(f"for {', '.join(targets)} in {source}", text) + ":"
