"""join: an op over branches, each of which starts from the incoming value."""

from __future__ import annotations

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


class JoinCall:
    """What is the same for all instances of a join: the op, and the branches in the text."""

    __slots__ = ("branches", "call", "step")

    def __init__(self, call: OpCall, step: syntax.LayerCall, frame: Frame) -> None:
        self.call = call
        self.step = step
        segments = frame.run.segments
        self.branches = [(branch, segments[branch]) for branch in step.branches or ()]
        if call.arguments.inputs:
            message = f"`{call.op.name}` gets its values from the branches or by name, not both"
            raise refuse(frame, "unknown-argument", step.span, message)

    def apply(self, frame: Frame, value: Values, frames: tuple[Frame, ...]) -> Values:
        """Elaborate the branches and join them; their names are those of the last of `frames`."""
        call, there, run = self.call, frames[-1], frame.run
        scope = frame.inside("join", call.site, value)
        scope.outer = there
        scope.module = there.module
        made: list[tuple[Frame, Value]] = []
        for branch, segment in self.branches:
            if branch.target is None:
                inner = scope.inside("branch", branch, value)
                inner.enter(segment)
                result = run.chain(inner, branch.chain, value)
                made.append((inner, result[0] if len(result) == 1 else _not_one(inner, result)))
            else:
                made += _each(scope, branch, segment, value)
        present = [one for one in made if one[1] is not ABSENT]
        inputs = tuple([one for _, one in present])
        if UNKNOWN in inputs:
            inputs = LOST
        elif not inputs:
            raise self._nothing(frame)
        elif len(inputs) > 1:
            inputs = call.apply(scope, inputs, frames, lambda: [_label(one) for one, _ in present])
        scope.outgoing = inputs
        return inputs

    def _nothing(self, frame: Frame) -> Refused:
        message = f"no branch of `{self.call.op.name}` is left"
        help = "at least one branch must not be `none`"
        return refuse(frame, "join-without-branches", self.step.name_span, message, help=help)


def _each(
    scope: Frame, branch: syntax.Branch, segment: str, value: Values
) -> list[tuple[Frame, Value]]:
    """One branch for each element."""
    run = scope.run
    loop = scope.inside("loop", branch, value)
    made: list[tuple[Frame, Value]] = []
    try:
        items = items_of(branch.iterable, loop) if branch.iterable is not None else ()
    except Refused:
        return [(loop, UNKNOWN)]
    for number, item in enumerate(items):
        run.count(1, loop, branch)
        frame = loop.inside("iteration", branch, value)
        frame.indices = (*frame.indices, number)
        frame.enter(segment)
        try:
            if branch.target is not None:
                bind(branch.target, item, frame)
        except Refused:
            made.append((frame, UNKNOWN))
            continue
        result = run.chain(frame, branch.chain, value)
        made.append((frame, result[0] if len(result) == 1 else _not_one(frame, result)))
    loop.outgoing = tuple([one for _, one in made])
    return made


def _not_one(frame: Frame, result: Values) -> Value:
    """What to go on with for a branch that does not result in one value."""
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
