"""hidden: labels that would hide a parameter, an input or another name around them."""

from __future__ import annotations

from archspec import syntax
from archspec.diagnostics import Label, Report
from archspec.elaborate.names_declared import Names, name_place

_NAMED = (syntax.Let, syntax.LayerInstance, syntax.Input)


def check_hidden(definition: syntax.Block | syntax.Network, report: Report) -> bool:
    """Report every label with the name of something else that can be seen where it stands.

    A label inside braces is known after them, so the other meaning would be lost without a word.
    A later label may take over the name of an earlier one. Gives whether there was any.
    """
    visible = {one.name: name_place(one, one.name) for one in definition.parameters}
    return _hidden(definition.body, visible, report)


def _hidden(node: syntax.Node, visible: Names, report: Report) -> bool:
    found = False
    match node:
        case syntax.Body(statements):
            visible = dict(visible)
            for statement in statements:
                found |= _hidden(statement, visible, report)
                if isinstance(statement, _NAMED):
                    visible[statement.name] = name_place(statement, statement.name)
            return found
        case syntax.For(target) | syntax.Branch(_, target) if target is not None:
            visible = {**visible, **dict.fromkeys(target.names(), target.span)}
        case syntax.Chain():
            for label in node.labels:
                if label.name in visible:
                    found = True
                    _report(label, visible, report)
        case syntax.Expression():
            # Expressions may be deep; only layers written out in them have labels.
            inner = [one for one in node.walk() if isinstance(one, syntax.LayerLiteral)]
            return any([_hidden(one.body, visible, report) for one in inner])
    return any([found, *[_hidden(child, visible, report) for child in node.children()]])


def _report(label: syntax.Label, visible: Names, report: Report) -> None:
    report.add(
        "duplicate-name",
        label.span,
        f"`{label.name}` has a meaning here already",
        label="would hide the other one",
        labels=[Label(visible[label.name], f"`{label.name}` is this")],
        help="give the label another name",
    )
