"""join: an op over branches, each of which starts from the incoming value."""

from __future__ import annotations

from collections.abc import Sequence

from archspec import syntax
from archspec.diagnostics import Label
from archspec.dimensions import show
from archspec.elaborate.frame import Frame
from archspec.elaborate.lists import bind, items_of
from archspec.elaborate.op_call import OpCall
from archspec.elaborate.run import refuse, span_of
from archspec.elaborate.values import ABSENT, LOST, UNKNOWN, Refused, Values
from archspec.ir import Scope, Value
from archspec.source import Span


def join(
    frame: Frame,
    call: OpCall,
    step: syntax.LayerCall,
    there: Frame,
    value: Values,
    frames: tuple[Frame, ...],
) -> Values:
    """Elaborate the branches of `step`, whose names are those of `there`, and join them."""
    scope = frame.inside("join", call.site, value)
    scope.outer = there
    scope.module = there.module
    if call.arguments.inputs:
        message = f"`{call.op.name}` gets its values from the branches or by name, not both"
        raise refuse(frame, "unknown-argument", step.span, message)
    made: list[tuple[Frame, Values]] = []
    for branch in step.branches or ():
        made += _branch(scope, branch, value)
    found = [_single(one, result) for one, result in made]
    if UNKNOWN in found:
        scope.outgoing = LOST
        return LOST
    present = [
        (one, result) for (one, _), result in zip(made, found, strict=True) if result is not ABSENT
    ]
    if not present:
        message = f"no branch of `{call.op.name}` is left"
        help = "at least one branch must not be `none`"
        raise refuse(frame, "join-without-branches", step.name_span, message, help=help)
    if len(present) == 1:
        scope.outgoing = (present[0][1],)
        return scope.outgoing

    def labels() -> Sequence[Label]:
        return [_label(one) for one, _ in present]

    inputs = tuple([one for _, one in present])
    scope.outgoing = call.apply(scope, inputs, frames, labels)
    return scope.outgoing


def _branch(scope: Frame, branch: syntax.Branch, value: Values) -> list[tuple[Frame, Values]]:
    """One branch, or one for each element."""
    run = scope.run
    segment = run.segments[branch]
    if branch.target is None or branch.iterable is None:
        frame = scope.inside("branch", branch, value)
        frame.enter(segment)
        return [(frame, run.chain(frame, branch.chain, value))]
    loop = scope.inside("loop", branch, value)
    loop.here = value
    made = []
    try:
        items = items_of(branch.iterable, loop)
    except Refused:
        return [(loop, LOST)]
    for number, item in enumerate(items):
        run.count(1, loop, branch)
        frame = loop.inside("iteration", branch, value)
        frame.indices = (*frame.indices, number)
        frame.enter(segment)
        try:
            bind(branch.target, item, frame)
        except Refused:
            made.append((frame, LOST))
            continue
        made.append((frame, run.chain(frame, branch.chain, value)))
    loop.outgoing = tuple([one for _, result in made for one in result])
    return made


def _single(frame: Frame, result: Values) -> Value:
    """The one value of a branch."""
    if len(result) == 1:
        return result[0]
    count = len(result) or "no"
    message = f"a branch results in one value, and this one in {count}"
    refuse(frame, "wrong-input-count", span_of(frame.site), message)
    return UNKNOWN


def _label(frame: Frame) -> Label:
    """What a branch results in, at its last layer."""
    value = frame.outgoing[0]
    name, indices = frame.path[-1]
    spelled = name + "".join(f"[{index}]" for index in indices)
    came = frame.definition_frame()
    text = f"{spelled} is {show(value.shape)}"
    if came.incoming and came.incoming[0].shape == value.shape and came.definition:
        text += f", as the input of {came.definition.name}"
    return Label(_last(frame), text)


def _last(scope: Scope) -> Span:
    """The place of the last step that was taken, in the text of the branch."""
    while scope.children:
        child = scope.children[-1]
        if not isinstance(child, Scope) or child.kind not in (
            "choice",
            "group",
            "loop",
            "iteration",
        ):
            return span_of(child.site)
        scope = child
    return span_of(scope.site)
