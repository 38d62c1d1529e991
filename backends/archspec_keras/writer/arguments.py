"""Writes calls of blocks, and what is passed for their parameters."""

from __future__ import annotations

from archspec.lowering.plan import (
    Apply,
    Argument,
    CallDefinition,
    CallParameter,
    Definition,
    LayerArgument,
    Parameter,
    Reference,
)
from archspec_keras.site import Site
from archspec_keras.writer.factories import axes_of, factory
from archspec_keras.writer.frame import Frame
from archspec_keras.writer.names import Names
from archspec_keras.writer.steps import named


def signature_names(definition: Definition, module: Names) -> Names:
    """The names inside a definition, beginning with its parameters as callers spell them."""
    names = Names(module)
    labels = [one.label for one in definition.inputs if one.label is not None]
    names.declare([*(one.name for one in definition.parameters), *labels])
    return names


def call(frame: Frame, element: CallDefinition, path: str) -> str:
    """The call of a block: inputs, what the spec gives by place if it must be given, then names."""
    definition = element.definition
    theirs = signature_names(definition, frame.context.names)
    taken = frame.context.inputs[definition]
    given = [frame.read(one) for number, one in enumerate(element.inputs) if number in taken]
    dropped = frame.context.dropped[definition]
    parameters = [one for one in definition.parameters if one.name not in dropped]
    named_already = False
    for parameter in sorted(parameters, key=lambda one: one.default is not None):
        if parameter.name in element.arguments:
            text = argument(frame, element.arguments[parameter.name], element.inputs)
            named_already |= parameter.default is not None or parameter.name in element.keywords
            given.append(f"{theirs.python(parameter.name)}={text}" if named_already else text)
    return f"{frame.context.names.python(definition.name)}({', '.join([*given, named(path)])})"


def argument(frame: Frame, found: Argument, here: tuple[Reference, ...] = ()) -> str:
    """What is passed for one parameter."""
    if not isinstance(found, LayerArgument):
        return frame.text(found, here)
    return _factory(frame, found)


def default(frame: Frame, parameter: Parameter) -> str:
    """What a parameter is without an argument."""
    assert parameter.default is not None
    if not isinstance(parameter.default, LayerArgument):
        return frame.text(parameter.default)
    return _factory(frame, parameter.default, axes_of(frame.definition, parameter.name))


def _factory(frame: Frame, found: LayerArgument, axes: int = 2) -> str:
    (element,) = found.body.elements
    if isinstance(element, CallParameter):
        return frame.names.python(element.parameter)
    assert isinstance(element, Apply)
    code = factory(Site(frame.context.plan, element, frame.text, axes))
    return frame.context.factories.get(code, code)
