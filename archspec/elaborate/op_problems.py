"""What to say when an op refuses its inputs: the words, the place, and both facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from archspec import syntax
from archspec.diagnostics import Label
from archspec.dimensions import show
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused, Values
from archspec.ir import Value
from archspec.ops.op import Op, Problem
from archspec.source import Span


def report_problem(
    problem: Problem,
    op: Op,
    site: syntax.LayerCall,
    places: Mapping[str, syntax.Argument | None],
    inputs: Values,
    frame: Frame,
    labels: Callable[[], Sequence[Label]] | None,
) -> None:
    """Report a problem at the attribute that it is about, or at the call."""
    argument = places.get(problem.attribute) if problem.attribute is not None else None
    if argument is not None:
        span = argument.value.span
    else:
        span = site.name_span if op.join or len(inputs) > 1 else site.span
    facts = labels() if labels is not None else origins(inputs, site.span)
    refuse(
        frame,
        problem.code,
        span,
        problem.message,
        label="" if len(inputs) != 1 else f"the input is {show(inputs[0].shape)}",
        labels=facts,
        help=problem.help,
    )


def origins(inputs: Values, site: Span) -> list[Label]:
    """Where the inputs come from, with their shapes."""
    return [
        Label(one.span, f"{'makes' if one.node else 'is'} {show(one.shape)}")
        for one in inputs
        if one.span != site
    ]


def wrong_count(op: Op, site: syntax.LayerCall, inputs: Values, frame: Frame) -> Refused:
    """Another number of inputs than the op takes."""
    least, most = op.inputs
    count = len(inputs)
    waiting = frame.definition_frame().incoming
    if not count and len(waiting) > 1:
        names = ", ".join(value.name for value in waiting)
        message = f"there are {len(waiting)} inputs, and the chain does not say where it starts"
        help = f"begin it with `from`, such as `from {names} -> concat`"
        return refuse(frame, "several-inputs", site.name_span, message, help=help)
    if not count and op.join:
        message = f"no value of `{op.name}` is left"
        help = "at least one of them must not be `none`"
        return refuse(frame, "join-without-branches", site.name_span, message, help=help)
    if not count:
        message = f"nothing comes into `{op.name}`"
        help = "begin the chain with `from`, or give the network an `input`"
        return refuse(frame, "no-input", site.span, message, help=help)
    if most == 0:
        message = f"`{op.name}` makes a value of its own and takes none"
        help = "let a statement, or a branch of a join, begin with it"
    elif least == most:
        message = f"`{op.name}` takes {least} {_values(least)}, and {count} come in"
        help = "join them first, such as with `concat`, or go on `from` one of them"
    else:
        bound = f"at least {least}" if most is None or count < least else f"at most {most}"
        message = f"`{op.name}` takes {bound} values, and {count} come in"
        help = ""
    return refuse(frame, "wrong-input-count", site.span, message, help=help)


def _values(count: int) -> str:
    return "value" if count == 1 else "values"


def wrong_rank(op: Op, site: syntax.LayerCall, value: Value, frame: Frame) -> Refused:
    """The op does not take values of so many axes."""
    ranks = [str(rank) for rank in op.ranks or ()]
    wanted = " or ".join(filter(None, [", ".join(ranks[:-1]), ranks[-1]]))
    return refuse(
        frame,
        "wrong-rank",
        site.span,
        f"`{op.name}` needs {wanted} spatial axes, and {show(value.shape)} has"
        f" {max(len(value.shape) - 1, 0)}",
        labels=origins((value,), site.span),
    )
