"""Ops that the language makes of smaller ones, where one layer of Keras is the same."""

from __future__ import annotations

from archspec import syntax
from archspec.ir import Node, Scope
from archspec.lowering.plan import Apply, CallDefinition
from archspec.lowering.planning.calls import stored_code
from archspec.ops.attributes import Attributes
from archspec.ops.op import Op
from archspec.ops.registry import find
from archspec_keras.lowerings import LOWERINGS


def whole(scope: Node | Scope) -> Node | None:
    """The op that a call of its expansion stands for; None for other calls.

    None too where Keras cannot say it in one layer: then its parts are written.
    """
    op = _expanded(scope)
    if op is None or op.name not in LOWERINGS:
        return None
    assert isinstance(scope, Scope)
    assert isinstance(scope.site, syntax.LayerCall)
    rank = len(scope.incoming[0].shape) - 1
    node = Node(
        op,
        Attributes({one.name: one.store(scope.bindings[one.name], rank) for one in op.attributes}),
        scope.incoming,
        scope.outgoing,
        {},
        scope.path,
        scope.site.span,
        scope.parent or scope,
        scope.site,
    )
    return node if LOWERINGS[op.name].refuses(node) is None else None


def whole_op(element: CallDefinition) -> Apply | None:
    """The call of an expansion as the op itself, if that is one layer."""
    found = [whole(one) for one in element.instances]
    if not element.fact(lambda scope: whole(scope) is not None, "being one layer"):
        return None
    nodes = tuple(one for one in found if one is not None)
    op, attributes = nodes[0].op, nodes[0].attributes
    codes = {one.name: stored_code(one, attributes[one.name]) for one in op.attributes}
    for parameter in element.definition.parameters:
        code = element.arguments.get(parameter.name, parameter.default)
        assert isinstance(code, syntax.Expression)
        codes[parameter.name] = code
    return Apply(
        element.segment,
        element.inputs,
        element.outputs,
        nodes,
        indices=element.indices,
        op=op,
        attributes=codes,
    )


def _expanded(scope: Node | Scope) -> Op | None:
    """The op whose expansion the scope is a call of."""
    if isinstance(scope, Node) or scope.kind != "block" or scope.definition is None:
        return None
    op = find(scope.definition.name)
    # A spec may have a block of that name.
    if op is None or op.expansion is None or scope.definition.span.source.text != op.expansion:
        return None
    return op
