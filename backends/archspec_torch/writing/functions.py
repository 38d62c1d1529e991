"""The pure functions and constants of a spec, as functions and constants of the module."""

from __future__ import annotations

from collections.abc import Mapping

from archspec import syntax
from archspec.lowering.docs import docstring
from archspec.lowering.names import Names
from archspec.lowering.python import Python
from archspec_torch.naming import IMPORTED
from archspec_torch.writing.arguments import annotation
from archspec_torch.writing.kinds import kind


def write_constant(constant: syntax.Constant, words: Mapping[str, str]) -> str:
    """`NAME = value`."""
    return f"{words[constant.name]} = {Python(words)(constant.value)}"


def write_function(
    function: syntax.Function, words: Mapping[str, str], known: dict[str, str]
) -> str:
    """A function of one expression; `known` are the types of what stands before it."""
    names = Names({*IMPORTED, *words.values()})
    spelled = {**words, **{one.name: names.take(one.name) for one in function.parameters}}
    write = Python(spelled)
    parameters = []
    for one in function.parameters:
        default = "" if one.default is None else f" = {write(one.default)}"
        parameters.append(f"{spelled[one.name]}: {annotation(one.type, [])}{default}")
    own = {one.name: annotation(one.type, []) for one in function.parameters}
    known[function.name] = kind(function.value, {**known, **own})
    head = f"def {words[function.name]}({', '.join(parameters)}) -> {known[function.name]}:"
    lines = [head]
    if function.doc:
        lines.append(docstring(function.doc, "    "))
    return "\n".join([*lines, f"    return {write(function.value)}"])
