"""Writes the whole file: imports, small layers, pure functions, blocks, the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archspec import syntax
from archspec.lowering.docs import docstring
from archspec.lowering.layout import layout
from archspec.lowering.plan import Plan
from archspec.lowering.python import Python
from archspec_keras.support import CLASSES
from archspec_keras.wholes import whole
from archspec_keras.writer.context import Context
from archspec_keras.writer.defaults import forget_defaults
from archspec_keras.writer.definition import function as block
from archspec_keras.writer.definition import network
from archspec_keras.writer.factories import declared, factories
from archspec_keras.writer.inference import returned
from archspec_keras.writer.lines import Line
from archspec_keras.writer.names import Names
from archspec_keras.writer.order import Order
from archspec_keras.writer.signature import plain_type
from archspec_keras.writer.starts import functions as start_functions
from archspec_keras.writer.starts import starts

_STANDARD = (
    ("collections.abc", ("Callable", "Sequence")),
    ("functools", ("partial",)),
    ("typing", ("Any",)),
)
_KERAS = ("KerasTensor", "initializers", "layers", "ops")


def module(plan: Plan) -> str:
    """The source of the module that makes the network of a plan."""
    names = _names(plan)
    forget_defaults(plan)
    context = Context(plan, names, factories(plan, names), Order(plan))
    written = _written(context)
    context.starts = starts([line for lines in written for line in lines], names)
    if context.starts:
        written = _written(context)
    constants = [f"{names.python(one.name)} = {_text(one.value, names)}" for one in plan.constants]
    assigned, functions = declared(context.factories)
    functions = [*start_functions(context.starts), *functions]
    kinds: dict[str, str | None] = {}
    for one in plan.functions:
        kinds[one.name] = returned(one, kinds)
        functions.append(_function(one, names, kinds[one.name]))
    functions += ["\n".join(line.text() for line in lines) for lines in written]
    return _assembled(constants, assigned, functions)


def _written(context: Context) -> list[list[Line]]:
    *blocks, root = context.plan.definitions
    written = [one for one in blocks if any(whole(use) is None for use in one.instances)]
    return [*(block(context, one) for one in written), network(context, root)]


def entry(plan: Plan) -> str:
    """The name of the function that makes the network."""
    return _names(plan).python(plan.definitions[-1].name)


def _names(plan: Plan) -> Names:
    names = Names()
    owners = [one.name for one in plan.functions] + [one.name for one in plan.constants]
    names.declare([*owners, *(one.name for one in plan.definitions)])
    for function in plan.functions:
        names.functions[function.name] = Names(names)
        names.functions[function.name].declare(one.name for one in function.parameters)
    return names


def _assembled(constants: list[str], assigned: list[str], functions: list[str]) -> str:
    """Imports, constants, small layers and what is made of them, functions."""
    body = "\n".join([*assigned, *functions])
    support = [CLASSES[name].rstrip() for name in CLASSES if _uses(body, name)]
    if support:
        blocks = [*support, "\n".join(assigned), *functions]
    else:
        constants, blocks = [*constants, *assigned], functions
    text = "\n\n\n".join(one for one in blocks if one)
    first = "\n".join(constants)
    head = _imports(f"{first}\n{text}") + (f"\n\n{first}" if first else "")
    return layout(f"{head}\n\n\n{text}\n")


def _function(found: syntax.Function, module: Names, kind: str | None) -> str:
    names = module.functions[found.name]
    parts = []
    for one in found.parameters:
        part = f"{names.python(one.name)}: {plain_type(one.type)}"
        if one.default is not None:
            part += f" = {_text(one.default, names)}"
        parts.append(part)
    result = "" if kind is None else f" -> {kind}"
    head = f"def {module.python(found.name)}({', '.join(parts)}){result}:"
    doc = [docstring(found.doc, "    ")] if found.doc else []
    return "\n".join([head, *doc, f"    return {_text(found.value, names)}"])


def _text(code: syntax.Expression, names: Names) -> str:
    def known(found: syntax.Expression) -> str | None:
        return names.python(found.name) if isinstance(found, syntax.Name) else None

    return Python(known, names.keyword)(code)


def _uses(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w.\"]){name}\b", text) is not None


def _imports(text: str) -> str:
    standard = ["import math"] if _uses(text, "math") else []
    standard += list(_from(_STANDARD, text))
    keras = ["import keras"] if _uses(text, "keras") else []
    keras += list(_from((("keras", _KERAS),), text))
    return "\n\n".join("\n".join(group) for group in (standard, keras) if group)


def _from(modules: tuple[tuple[str, tuple[str, ...]], ...], text: str) -> Iterator[str]:
    for origin, names in modules:
        used = [name for name in names if _uses(text, name)]
        if used:
            yield f"from {origin} import {', '.join(used)}"
