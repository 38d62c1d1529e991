"""match: which argument goes to which parameter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archspec import syntax
from archspec.diagnostics import Label
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused
from archspec.ir import Value

Given = dict[str, tuple[syntax.Argument, int]]
"""Arguments by parameter, each with the number of the place that it comes from."""


def match(
    frame: Frame,
    what: str,
    names: Sequence[str],
    sources: Iterable[tuple[Sequence[syntax.Argument], int]],
) -> Given:
    """Arguments by parameter: first those without a name, in order, then those with one.

    A call of a layer parameter has two `sources`: what the recipe holds, and what stands at its
    use. All mistakes are reported before `Refused` is raised.
    """
    given: Given = {}
    failed = False
    for arguments, source in sources:
        for argument in arguments:
            name = argument.name
            if name is None:
                name = next((one for one in names if one not in given), None)
                if name is None:
                    _too_many(frame, what, len(names), argument)
                    failed = True
                    continue
            if name not in names:
                _unknown(frame, what, names, argument)
                failed = True
            elif name in given:
                _repeated(frame, argument, name, given[name][0])
                failed = True
            else:
                given[name] = (argument, source)
    if failed:
        raise Refused
    return given


def _too_many(frame: Frame, what: str, most: int, argument: syntax.Argument) -> None:
    taken = f"at most {most} argument" if most else "no argument"
    written = argument.value
    while isinstance(written, syntax.Index):
        written = written.base
    bound = frame.lookup(written.name) if isinstance(written, syntax.Name) else None
    refuse(
        frame,
        "unknown-argument",
        argument.span,
        f"{what} takes {taken}{'' if most == 1 else 's'}",
        label="one too many",
        help=f"values come in through the chain: `from {argument.value.span.text} -> …`"
        if isinstance(bound, Value | tuple)
        else "",
    )


def _unknown(frame: Frame, what: str, names: Sequence[str], argument: syntax.Argument) -> None:
    from archspec.diagnostics.suggest import did_you_mean

    help = did_you_mean(argument.name or "", names) if names else f"{what} takes no arguments"
    refuse(
        frame,
        "unknown-argument",
        argument.span,
        f"{what} has no `{argument.name}`",
        help=help,
    )


def _repeated(frame: Frame, argument: syntax.Argument, name: str, first: syntax.Argument) -> None:
    refuse(
        frame,
        "repeated-argument",
        argument.span,
        f"`{name}` is given twice",
        labels=[Label(first.span, "given here first")],
    )
