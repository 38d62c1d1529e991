"""Signatures of constructors, and the calls that match them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archspec import syntax
from archspec.lowering.plan import (
    Apply,
    Argument,
    CallDefinition,
    CallParameter,
    LayerArgument,
    Parameter,
)

if TYPE_CHECKING:
    from archspec_torch.writing.writer import ClassWriter


@dataclass(frozen=True, slots=True)
class Kept:
    """A parameter of a class: its name in the spec and in Python."""

    name: str
    python: str
    required: bool


def call_arguments(element: CallDefinition, writer: ClassWriter) -> str:
    """The constructor call of a block, with the sizes that it must be told."""
    written = writer.file.written(element.definition)
    parts = []
    for number, axis in written.sizes:
        parts.append(writer.scope.write(writer.scope.size(element, element.inputs[number], axis)))
    named = False
    for kept in written.parameters:
        if kept.name in element.arguments:
            text = _given(element, element.arguments[kept.name], writer)
            named = named or not kept.required or kept.name in element.keywords
            parts.append(f"{kept.python}={text}" if named else text)
    return f"{written.name}({', '.join(parts)})"


def _given(element: CallDefinition, found: Argument, writer: ClassWriter) -> str:
    if isinstance(found, LayerArgument):
        return recipe(found, writer)
    return writer.text(element, found)


def argument(found: Argument, writer: ClassWriter) -> str:
    """What is passed for a parameter."""
    if isinstance(found, LayerArgument):
        return recipe(found, writer)
    return writer.scope.write(found)


def recipe(found: LayerArgument, writer: ClassWriter) -> str:
    """A layer that is made where it is used: a class, or a class with its arguments."""
    (element,) = found.body.elements
    if isinstance(element, CallParameter):
        return writer.scope.layer(element.parameter)
    assert isinstance(element, Apply)
    form = writer.lower(element, use=True)
    if len(form.modules) != 1:
        return f"lambda: nn.Sequential({', '.join(module.text for module in form.modules)})"
    text = form.modules[0].text
    callee, inside = text[:-1].split("(", 1)
    return f"partial({callee}, {inside})" if inside else callee


def default(parameter: Parameter, values: Sequence[Any], writer: ClassWriter) -> str | None:
    """The default of a parameter; None where there is none, or none that Python could hold."""
    if parameter.default is None or _another_kind(parameter, values):
        return None
    try:
        return argument(parameter.default, writer)
    except LookupError:
        # A layer that must be told its channels is no default; every call gives one.
        return None


def _another_kind(parameter: Parameter, values: Sequence[Any]) -> bool:
    """Whether a size is a number, a list or a word by default, and something else in all calls."""
    if parameter.type.name not in ("size", "padding"):
        return False
    listed = isinstance(parameter.default, syntax.ListOf)
    own = tuple if listed else str if isinstance(parameter.default, syntax.Text) else int
    return all(own is not _kind(value) for value in values)


def _kind(value: Any) -> type:
    return tuple if isinstance(value, list) else type(value)


def signature(parameter: Parameter, values: list[Any], writer: ClassWriter) -> str:
    """`name: type = default` of a constructor."""
    name = writer.scope.bind(parameter.name)
    layer = parameter.type.name == "layer"
    kind = writer.layer_type(parameter.name) if layer else annotation(parameter.type, values)
    text = f"{name}: {kind}"
    found = default(parameter, values, writer)
    return text if found is None else f"{text} = {found}"


def annotation(kind: syntax.Type, values: list[Any]) -> str:
    """The Python type of a parameter that has had these values."""
    if kind.name == "list":
        inner = [one for value in values if isinstance(value, (list, tuple)) for one in value]
        return f"Sequence[{annotation(kind.items[0], inner)}]"
    if kind.name == "tuple":
        columns = [
            [value[n] for value in values if isinstance(value, (list, tuple)) and len(value) > n]
            for n in range(len(kind.items))
        ]
        types = map(annotation, kind.items, columns)
        return f"tuple[{', '.join(types)}]"
    if kind.name in ("size", "padding"):
        return " | ".join(dict.fromkeys(map(_of_value, values))) or "int"
    return kind.name


def _of_value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"tuple[{', '.join(map(_of_value, value))}]"
    return "str" if isinstance(value, str) else "int"
