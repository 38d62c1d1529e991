"""Where the arguments of a call go: to parameters or attributes, by place or by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from archspec import syntax
from archspec.diagnostics import Label, Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.argument_value import words_of
from archspec.elaborate.names_scope import Scope
from archspec.elaborate.types import PADDINGS
from archspec.ops.attribute import REQUIRED
from archspec.ops.op import Op
from archspec.source import Span

TYPES = {"int", "float", "bool", "str", "size", "padding", "layer", "value", "list", "tuple"}
"""Types of parameters; a list or a tuple is one of some of the others."""


@dataclass(eq=False, slots=True)
class Slot:
    """One thing that can be given: a parameter of a definition or an attribute of an op.

    `kind` is the type of the parameter or the kind of the attribute; `words` are those that may
    stand for it without being names, None where that is not known, `type` that of a parameter.
    """

    name: str
    kind: str
    needed: bool
    words: tuple[str, ...] | None = ()
    type: syntax.Type | None = None


@dataclass(eq=False, slots=True)
class Site:
    """A call: what is called, where its name stands, and what is given.

    `partial` calls are recipes and defaults, completed elsewhere. `given` are names that
    something outside the call gives, `joins` layers that take named values.
    """

    name: str
    span: Span
    arguments: tuple[syntax.Argument, ...]
    body: syntax.Body | None = None
    partial: bool = False
    given: Collection[str] = ()
    joins: bool = False


def of_parameters(parameters: Sequence[syntax.Parameter]) -> tuple[Slot, ...]:
    """The slots of a block, network or function."""
    return tuple(
        Slot(
            one.name,
            one.type.name,
            one.default is None,
            words_of_type(one.type),
            one.type,
        )
        for one in parameters
    )


_OPS: dict[str, tuple[Slot, ...]] = {}


def of_op(op: Op) -> tuple[Slot, ...]:
    """The slots of an op, made once."""
    found = _OPS.get(op.name)
    if found is None:
        found = _OPS[op.name] = _slots(op)
    return found


def _slots(op: Op) -> tuple[Slot, ...]:
    return tuple(
        Slot(one.name, one.kind, one.default is REQUIRED, words_of(one)) for one in op.attributes
    )


def words_of_type(type_: syntax.Type) -> tuple[str, ...] | None:
    """The words that stand for themselves where the type is wanted; None if any may."""
    # Rows and lists may hold paddings, whose words only elaboration can tell from names.
    # What a type that does not exist would take is not known at all.
    if type_.name not in TYPES or any(item.name in ("padding", "layer") for item in type_.items):
        return None
    return PADDINGS if type_.name == "padding" else ()


def place_arguments(
    site: Site, slots: Sequence[Slot], positional: Sequence[syntax.Argument], report: Report
) -> Iterator[tuple[Slot | None, syntax.Argument]]:
    """Each argument with the slot it goes to; reports those that go nowhere or go twice.

    `positional` are the arguments without a name that are to be placed; those that are inputs
    have been taken out.
    """
    taken: dict[str, Span] = {}
    for number, argument in enumerate(positional):
        if number < len(slots):
            taken[slots[number].name] = argument.span
            yield slots[number], argument
        else:
            _too_many(site, slots, argument, report)
            yield None, argument
    named = [one for one in site.arguments if one.name is not None]
    by_name = {slot.name: slot for slot in slots} if named else {}
    for argument in named:
        slot = by_name.get(argument.name or "")
        if slot is None:
            _unknown(site, by_name, argument, report)
        elif slot.name in taken:
            _repeated(slot.name, argument.span, taken[slot.name], report)
        else:
            taken[slot.name] = argument.span
        yield slot, argument
    _body(site, slots, taken, report)
    if not site.partial:
        _missing(site, [one for one in slots if one.needed and one.name not in taken], report)


def _body(site: Site, slots: Sequence[Slot], taken: dict[str, Span], report: Report) -> None:
    """A trailing `{ … }` goes to the last layer parameter."""
    if site.body is None:
        return
    last = next((slot for slot in reversed(slots) if slot.kind == "layer"), None)
    if last is None:
        _no_body(site, report)
    elif last.name in taken:
        _repeated(last.name, site.body.span, taken[last.name], report)
    else:
        taken[last.name] = site.body.span


def _too_many(site: Site, slots: Sequence[Slot], argument: syntax.Argument, report: Report) -> None:
    if site.joins and not slots:
        report.add(
            "unknown-argument",
            argument.span,
            f"`{site.name}` takes named values, and this is none",
            label="not a value",
            help="name a value where it is made, such as `skip: conv(8, 3)`, and give the name",
        )
        return
    listed = ", ".join(f"`{slot.name}`" for slot in slots)
    report.add(
        "unknown-argument",
        argument.span,
        f"`{site.name}` takes {'at most ' + str(len(slots)) if slots else 'no'} "
        f"argument{'' if len(slots) == 1 else 's'}",
        label="one too many",
        help=f"it takes {listed}" if slots else f"write `{site.name}` without it",
    )


def _unknown(
    site: Site, by_name: dict[str, Slot], argument: syntax.Argument, report: Report
) -> None:
    assert argument.name is not None
    report.add(
        "unknown-argument",
        argument.span,
        f"`{site.name}` takes no argument `{argument.name}`",
        help=did_you_mean(argument.name, by_name) or f"`{site.name}` takes no arguments",
    )


def _repeated(name: str, span: Span, first: Span, report: Report) -> None:
    report.add(
        "repeated-argument",
        span,
        f"`{name}` is given twice",
        label="given again",
        labels=[Label(first, "first given here")],
        help="remove one of them",
    )


def _no_body(site: Site, report: Report) -> None:
    assert site.body is not None
    report.add(
        "unknown-argument",
        site.body.span,
        f"`{site.name}` takes no layer, so no `{{ … }}` can follow it",
        help="put `->` before the braces to apply them after it",
    )


def _missing(site: Site, needed: Sequence[Slot], report: Report) -> None:
    missing = [slot for slot in needed if slot.name not in site.given]
    if missing:
        listed = ", ".join(f"`{slot.name}`" for slot in missing)
        report.add(
            "missing-argument",
            site.span,
            f"`{site.name}` needs {listed}",
            label="not given",
            help=f"add `{missing[0].name}=…` to its arguments",
        )


def kind_of(node: syntax.Expression, scope: Scope, slots: Sequence[Slot]) -> str | None:
    """What an argument that is a name, or an index into one, stands for.

    Where a layer takes nothing but inputs, an unknown name is meant as one.
    """
    while isinstance(node, syntax.Index):
        node = node.base
    if not isinstance(node, syntax.Name):
        return None
    found = scope.find(node.name)
    if found is None:
        return None if slots else "value"
    return found.kind
