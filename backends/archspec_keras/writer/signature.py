"""Writes the head of a function: parameters with types and defaults, results, docstring."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.lowering.docs import docstring
from archspec.lowering.plan import Definition, Parameter, Variable
from archspec_keras.writer.arguments import default
from archspec_keras.writer.frame import Frame
from archspec_keras.writer.lines import Line


def head(frame: Frame, inputs: list[str]) -> str:
    """The `def` line of a block, or of a network that makes a model."""
    definition = frame.definition
    dropped = frame.context.dropped[definition]
    kept = [one for one in definition.parameters if one.name not in dropped]
    required = [one for one in kept if one.default is None]
    optional = [one for one in kept if one.default is not None]
    parts = [] if frame.is_root else [f"{name}: KerasTensor" for name in inputs]
    parts += [_parameter(frame, one) for one in (*required, *optional)]
    if not frame.is_root:
        parts += ["*", "name: str"]
    elif definition.training_results:
        parts += ["*", "training_outputs: bool = False"]
    name = frame.context.names.python(definition.name)
    return f"def {name}({', '.join(parts)}) -> {_returned(frame)}:"


def _returned(frame: Frame) -> str:
    if frame.is_root:
        return "keras.Model"
    many = len(frame.definition.body.results)
    return "KerasTensor" if many == 1 else f"tuple[{', '.join(['KerasTensor'] * many)}]"


def _parameter(frame: Frame, parameter: Parameter) -> str:
    typed = f"{frame.names.python(parameter.name)}: {_type(frame, parameter)}"
    if parameter.default is None:
        return typed
    return f"{typed} = {default(frame, parameter)}"


def _type(frame: Frame, parameter: Parameter) -> str:
    name = parameter.type.name
    if name == "layer":
        return "Callable[..., layers.Layer]"
    if name in ("size", "padding"):
        return _size_type(_values(frame, parameter))
    return plain_type(parameter.type)


def plain_type(found: syntax.Type) -> str:
    """The Python annotation of a type of the language."""
    if found.name == "list":
        return f"Sequence[{plain_type(found.items[0])}]"
    if found.name == "tuple":
        return f"tuple[{', '.join(map(plain_type, found.items))}]"
    if found.name == "size":
        return "int | Sequence[int]"
    return found.name


def _values(frame: Frame, parameter: Parameter) -> list[Any]:
    found = [one.bindings[parameter.name] for one in frame.definition.instances]
    if isinstance(parameter.default, syntax.Expression):
        found += [
            frame.context.plan.evaluate(parameter.default, one)
            for one in frame.definition.instances
        ]
    return found


def _size_type(values: list[Any]) -> str:
    kinds = []
    if any(isinstance(one, str) for one in values):
        kinds.append("str")
    if any(isinstance(one, int) for one in values):
        kinds.append("int")
    if any(isinstance(one, list | tuple) for one in values):
        kinds.append("Sequence[int]")
    return " | ".join(kinds) or "int"


def input_shape(frame: Frame, variable: Variable) -> str:
    """The sizes of a network's input."""
    sizes = [
        str(size) if code is None else frame.text(code)
        for code, size in zip(variable.sizes, variable.shapes[0], strict=True)
    ]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"


def described(definition: Definition) -> list[Line]:
    """The spec's comment as a docstring."""
    return [Line(0, docstring(definition.doc, "    "))] if definition.doc else []
