"""unknown_name: what to say about a name that means nothing here."""

from __future__ import annotations

from archspec import syntax
from archspec.diagnostics import Label
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import again, refuse
from archspec.elaborate.values import Refused
from archspec.ops.registry import builtin
from archspec.source import Span


def unknown_name(expression: syntax.Name, frame: Frame) -> Refused:
    """Report the name, with the nearest one that is known."""
    from archspec.diagnostics.suggest import did_you_mean
    from archspec.dimensions.shape import AXES

    if frame.run.report.told("unknown-name", expression.span):
        return again(frame)
    name = expression.name
    found = frame.module.find(name)
    if found is not None:
        kind = type(found[0]).__name__.lower()
        message = f"`{name}` is a {kind}, not a value"
        return refuse(frame, "wrong-type", expression.span, message)
    if builtin(name):
        message = f"`{name}` is a layer, and here a number, a value or a list is wanted"
        return refuse(frame, "unknown-name", expression.span, message)
    own = frame.module.own.values()
    known = [one.name for one in own if isinstance(one, syntax.Constant)]
    inner: Frame | None = frame
    while inner is not None:
        known.extend(inner.bindings)
        inner = inner.outer
    place = _label(name, frame)
    if place is not None:
        return refuse(
            frame,
            "unknown-name",
            expression.span,
            f"`{name}` is not known here",
            labels=[Label(place, f"`{name}` is a name in this part only")],
            help="names in branches, layers, labelled braces and what is not taken stay inside",
        )
    axes = {"features", *(one for names in AXES.values() for one in names)}
    help = f"write `.{name}` for the size of the value here, or `input.{name}` for what came in"
    return refuse(
        frame,
        "unknown-name",
        expression.span,
        f"`{name}` is not known here",
        help=help if name in axes else did_you_mean(name, known),
    )


def _label(name: str, frame: Frame) -> Span | None:
    """The place where the definition has a label of that name."""
    definition = frame.definition_frame().definition
    if definition is None:
        return None
    labels = frame.run.labels.get(definition)
    if labels is None:
        labels = frame.run.labels[definition] = {}
        for node in definition.body.walk():
            if isinstance(node, syntax.Label):
                labels.setdefault(node.name, node.span)
    return labels.get(name)
