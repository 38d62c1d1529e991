"""Defaults of parameters that the code cannot offer."""

from __future__ import annotations

from archspec import syntax
from archspec.ir import Node
from archspec.lowering.plan import Apply, Definition, LayerArgument, Parameter, Plan
from archspec.lowering.python import python
from archspec_keras.site import Site
from archspec_keras.writer.factories import axes_of, layers_of


def forget_defaults(plan: Plan) -> None:
    """Leave out defaults that nothing uses and the code could not take."""
    for definition in plan.definitions:
        for parameter in definition.parameters:
            if isinstance(parameter.default, LayerArgument):
                unfit = _unmade(plan, definition, parameter, parameter.default)
            else:
                unfit = parameter.type.name == "padding" and _other_kind(definition, parameter)
            if unfit:
                parameter.default = None


def _unmade(
    plan: Plan, definition: Definition, parameter: Parameter, default: LayerArgument
) -> bool:
    """A layer that no callable can make in advance."""
    (element,) = default.body.elements
    if not isinstance(element, Apply) or _used(element):
        return False
    site = Site(plan, element, python, axes_of(definition, parameter.name))
    return layers_of(site) is None


def _used(element: Apply) -> bool:
    return any(isinstance(one, Node) and one.inputs for one in element.instances)


def _other_kind(definition: Definition, parameter: Parameter) -> bool:
    """A word where the code pads by a number, or the other way round."""
    if not isinstance(parameter.default, syntax.Text | syntax.Number):
        return False
    word = isinstance(parameter.default, syntax.Text)
    values = [one.bindings[parameter.name] for one in definition.instances]
    return all(isinstance(one, str) is not word for one in values)
