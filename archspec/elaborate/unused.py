"""check_unused: a value that no layer takes and no output names is a mistake."""

from __future__ import annotations

from archspec import syntax
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.ir import Graph, Scope, Value


def check_unused(graph: Graph, root: Frame) -> None:
    """Report each value at its label, or at the call that makes it."""
    used = {*graph.outputs, *graph.training_outputs}
    used.update([value for node in graph.nodes for value in node.inputs])
    for name, value in zip(graph.input_names, graph.inputs, strict=True):
        if value not in used:
            message = f"the input `{name}` is not used"
            refuse(root, "unused-value", value.span, message, help="remove it, or start from it")
    for value in [value for node in graph.nodes for value in node.outputs if value not in used]:
        _report(value)


def _report(value: Value) -> None:
    assert value.node is not None
    scope = value.node.scope
    assert isinstance(scope, Frame)
    label = _label(value)
    what = f"`{label.name}`" if label else f"what `{value.name}` makes"
    refuse(
        scope,
        "unused-value",
        label.span if label else value.span,
        f"{what} is not used",
        help="go on from it, name it in `output`, or remove it",
    )


def _label(value: Value) -> syntax.Label | None:
    """The name that the text gives to the value, the innermost first."""
    scope: Scope | None = value.node.scope if value.node else None
    while scope is not None:
        if scope.kind == "label" and isinstance(scope.site, syntax.Chain):
            for label, result in zip(scope.site.labels, scope.outgoing, strict=False):
                if result is value:
                    return label
        scope = scope.parent
    return None
