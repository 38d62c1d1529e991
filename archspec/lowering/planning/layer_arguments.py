"""Layers that are passed as arguments: activations and the like."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from archspec import syntax
from archspec.elaborate.argument_value import Written, argument_value, words_of
from archspec.elaborate.frame import Frame
from archspec.elaborate.op_arguments import file_defaults
from archspec.ir import Node, Recipe, Scope
from archspec.lowering.plan import (
    Apply,
    Body,
    CallParameter,
    Element,
    LayerArgument,
    Parameter,
)
from archspec.lowering.planning.calls import Source, attribute_codes, stored_code
from archspec.lowering.planning.place import Place
from archspec.lowering.planning.work import Flows, Work
from archspec.lowering.python import python
from archspec.ops.attribute import REQUIRED, Attribute
from archspec.ops.attributes import Attributes
from archspec.ops.op import Op
from archspec.ops.registry import find


def layer_argument(
    work: Work,
    parameter: Parameter,
    given: tuple[syntax.Expression, Place] | None,
    scopes: Sequence[Frame],
    flows: Flows,
    here: Place,
) -> LayerArgument | None:
    """What to pass for a layer parameter, None for its default."""
    if given is None:
        return _unwritten(work, parameter, scopes, flows, here)
    code, place = given
    while isinstance(code, syntax.Conditional):
        from archspec.lowering.planning.resolve import values_of

        taken = values_of(work, code.condition, place, flows)
        by_scope = dict(zip(place.scopes, taken, strict=True))
        chosen = work.fact(place.scopes, by_scope.__getitem__, "which layer is passed")
        code = code.then if chosen else code.otherwise
    if isinstance(code, syntax.Name) and not place.foreign and code.name in work.layer_parameters:
        return _body(CallParameter(code.name, (), (), tuple(scopes), parameter=code.name))
    recipes = [scope.bindings[parameter.name] for scope in scopes]
    nodes = [node for recipe in recipes for node in work.planner.recipes.nodes_of(recipe)]
    op = _op(work, recipes[0])
    if not nodes:
        return constant_layer(op, code, scopes[0], recipes[0].home)
    step = _step(code)
    if step.name != op.name:
        # A name that stands for a layer elsewhere: what it stands for is written here.
        step = syntax.LayerCall(op.name, _literal_arguments(work, op, nodes))
    return _unless_default(work, parameter, op, nodes, Source(step, place), flows)


def _unwritten(
    work: Work, parameter: Parameter, scopes: Sequence[Frame], flows: Flows, here: Place
) -> LayerArgument | None:
    """What no text at the call says: what a variant gives, or a default that has to be passed."""
    recipes = [scope.bindings[parameter.name] for scope in scopes]
    nodes = [node for recipe in recipes for node in work.planner.recipes.nodes_of(recipe)]
    if scopes[0].kind != "network" and isinstance(parameter.default, LayerArgument):
        _used_here(parameter.default, nodes)
        return None
    if not nodes:
        return None
    op = _op(work, recipes[0])
    step = syntax.LayerCall(op.name, _literal_arguments(work, op, nodes))
    return _unless_default(work, parameter, op, nodes, Source(step, here), flows)


def _unless_default(
    work: Work,
    parameter: Parameter,
    op: Op,
    nodes: Sequence[Node],
    source: Source,
    flows: Flows,
) -> LayerArgument | None:
    attributes = attribute_codes(work, op, nodes, (source,), flows)
    found = _body(Apply(op.name, (), (), tuple(nodes), op=op, attributes=attributes))
    default = parameter.default
    if isinstance(default, LayerArgument) and _spelled(default) == _spelled(found):
        _used_here(default, nodes)
        return None
    return found


def _used_here(default: LayerArgument, nodes: Sequence[Node]) -> None:
    """What a back end writes for a default may depend on sizes where it is used."""
    (element,) = default.body.elements
    before = [one for one in element.instances if isinstance(one, Node) and one.inputs]
    element.instances = (*before, *nodes)


def _literal_arguments(work: Work, op: Op, nodes: Sequence[Node]) -> tuple[syntax.Argument, ...]:
    found = []
    for attribute in op.attributes:
        value = work.fact(nodes, partial(_stored, name=attribute.name), f"`{attribute.name}`")
        if value is not None:
            found.append(syntax.Argument(attribute.name, stored_code(attribute, value)))
    return tuple(found)


def _stored(node: Node, name: str) -> object:
    return node.attributes[name]


def _op(work: Work, recipe: Recipe) -> Op:
    while recipe.call is not None:
        op = find(recipe.call.name)
        if op is not None:
            return op
        recipe = work.planner.recipe_named(recipe.call.name, recipe.home)
    raise AssertionError(recipe.spelling)


def _step(code: syntax.Expression) -> syntax.LayerCall:
    if isinstance(code, syntax.Call):
        return syntax.LayerCall(code.function, code.arguments)
    assert isinstance(code, syntax.Name)
    return syntax.LayerCall(code.name)


def constant_layer(
    op: Op, code: syntax.Expression, scope: Frame, home: Scope
) -> LayerArgument | None:
    """A layer that no instance uses, from numbers and words in its text; None if there is more.

    `home` is where the text stands: what it leaves out has the defaults of that file.
    """
    assert isinstance(home, Frame)
    given = [one.value for one in code.arguments] if isinstance(code, syntax.Call) else []
    names = [one.name for one in code.arguments] if isinstance(code, syntax.Call) else []
    defaults = file_defaults(op, [one.name for one in op.attributes], home)
    values = {}
    for position, attribute in enumerate(op.attributes):
        value = attribute.default
        if attribute.name in defaults:
            written = Written(attribute, defaults[attribute.name][0], 0)
            value = argument_value(written, (home.module.frame,))
        for place, (name, one) in enumerate(zip(names, given, strict=True)):
            if name == attribute.name or (name is None and place == position):
                value = _literal(attribute, one)
        if value is REQUIRED:
            return None
        try:
            values[attribute.name] = attribute.store(value, 2)
        except ValueError:  # It may be meant for another number of axes.
            return None
    attributes = Attributes(values)
    span = code.span
    node = Node(
        op, attributes, (), (), {}, ((op.name, ()),), span, scope, syntax.LayerCall(op.name)
    )
    codes = {
        one.name: stored_code(one, values[one.name])
        for one in op.attributes
        if values[one.name] is not None
    }
    return _body(Apply(op.name, (), (), (node,), op=op, attributes=codes))


def _literal(attribute: Attribute, code: syntax.Expression) -> object:
    if isinstance(code, syntax.Number | syntax.Boolean):
        return code.value
    if isinstance(code, syntax.Name) and code.name in words_of(attribute):
        return code.name
    return REQUIRED


def _body(element: Element) -> LayerArgument:
    return LayerArgument(Body((element,), (), ()))


def _spelled(argument: LayerArgument) -> object:
    element = argument.body.elements[0]
    if isinstance(element, Apply):
        return element.op.name, {name: python(code) for name, code in element.attributes.items()}
    return element.segment
