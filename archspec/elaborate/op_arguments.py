"""OpArguments: where each attribute of one call gets its value."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.diagnostics import Label
from archspec.elaborate.argument_value import Written, argument_value
from archspec.elaborate.argument_value import words_of as words_of
from archspec.elaborate.binding import Given, match
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused
from archspec.ops.attribute import REQUIRED, Attribute
from archspec.ops.op import Op

Sources = tuple[tuple[tuple[syntax.Argument, ...], int], ...]


def constant(expression: syntax.Expression) -> Any:
    """The value of a literal of ordinary length, or `MISSING`."""
    if isinstance(expression, syntax.Number):
        value = expression.value
        return MISSING if type(value) is int and value.bit_length() > 64 else value
    return expression.value if isinstance(expression, syntax.Boolean | syntax.Text) else MISSING


class OpArguments:
    """The arguments of one call, sorted.

    `inputs` are the named values among them, `fixed` the attributes that are given and the same
    for all instances, `varying` those to evaluate for each, `stored` the fixed ones by rank.
    """

    __slots__ = ("fixed", "inputs", "stored", "varying")

    def __init__(self) -> None:
        self.inputs: list[tuple[syntax.Expression, int]] = []
        self.fixed: list[tuple[Attribute, Any, syntax.Argument]] = []
        self.varying: list[Written] = []
        self.stored: dict[int, dict[str, Any]] = {}


def op_arguments(op: Op, sources: Sources, site: syntax.LayerCall, frame: Frame) -> OpArguments:
    """Match the arguments of a call, the file's defaults and those of the op."""
    found = OpArguments()
    if op.inputs[1] is None or op.inputs[1] > 1:
        sources = _take_inputs(sources, found)
    names = [attribute.name for attribute in op.attributes]
    given = match(frame, f"`{op.name}`", names, sources)
    defaults = file_defaults(op, names, frame)
    missing = []
    for attribute in op.attributes:
        if attribute.name in given:
            argument, source = given[attribute.name]
            _place(Written(attribute, argument, source), found)
        elif attribute.name in defaults:
            argument = defaults[attribute.name][0]
            written = Written(attribute, argument, 0)
            value = argument_value(written, (frame.module.frame,))
            found.fixed.append((attribute, value, argument))
        elif attribute.default is REQUIRED:
            missing.append(attribute)
    if missing:
        raise _missing(op, missing, site, frame)
    _check_idle(op, {name: argument for name, (argument, _) in given.items()}, found, frame)
    return found


def _check_idle(
    op: Op, given: dict[str, syntax.Argument], found: OpArguments, frame: Frame
) -> None:
    """Refuse arguments that say nothing, since another one switches off what they are about.

    Where that one is computed, they may be meant for other instances of the call.
    """
    idle = [one for one in op.attributes if one.needs and one.name in given]
    if not idle:
        return
    off: dict[str, syntax.Argument | None] = {
        one.name: None for one in op.attributes if one.default is False
    }
    for one in found.varying:
        off.pop(one.attribute.name, None)
    for attribute, value, argument in found.fixed:
        off.pop(attribute.name, None)
        if value is False:
            off[attribute.name] = argument
    for attribute in idle:
        if attribute.needs in off:
            switch = off[attribute.needs]
            labels = [] if switch is None else [Label(switch.span, "this switches it off")]
            raise refuse(
                frame,
                "conflicting-arguments",
                given[attribute.name].span,
                f"`{attribute.name}` says nothing with `{attribute.needs}=false`",
                labels=labels,
                help=f"leave `{attribute.name}` out, or `{attribute.needs}=false`",
            )


def _missing(op: Op, missing: list[Attribute], site: syntax.LayerCall, frame: Frame) -> Refused:
    listed = " and ".join(f"`{attribute.name}`" for attribute in missing)
    first = missing[0]
    return refuse(
        frame,
        "missing-argument",
        site.name_span,
        f"`{op.name}` needs {listed}",
        help=f"`{first.name}` is the {first.doc}",
    )


def _take_inputs(sources: Sources, found: OpArguments) -> Sources:
    """Move the arguments that name values to the inputs."""
    kept = []
    for arguments, source in sources:
        rest = []
        for argument in arguments:
            if argument.name is None and isinstance(argument.value, syntax.Name | syntax.Index):
                found.inputs.append((argument.value, source))
            else:
                rest.append(argument)
        kept.append((tuple(rest), source))
    return tuple(kept)


def file_defaults(op: Op, names: list[str], frame: Frame) -> Given:
    """The attributes that the file in which the text stands gives the op."""
    defaults = frame.module.defaults.get(op.name)
    if not defaults:
        return {}
    return match(frame.module.frame, f"`{op.name}`", names, ((tuple(defaults), 0),))


def _place(written: Written, found: OpArguments) -> None:
    expression = written.argument.value
    value = constant(expression)
    if value is not MISSING:
        found.fixed.append((written.attribute, value, written.argument))
    elif isinstance(expression, syntax.Name) and expression.name in written.words:
        found.fixed.append((written.attribute, expression.name, written.argument))
    else:
        found.varying.append(written)
