"""The pure functions and constants of a spec, as functions and constants of the module."""

from __future__ import annotations

from archspec import syntax
from archspec.lowering.docs import docstring
from archspec.lowering.names import Names
from archspec.lowering.python import Python
from archspec_torch.naming import IMPORTED
from archspec_torch.writing.arguments import annotation
from archspec_torch.writing.kinds import kind


class Words(dict[str, str]):
    """The names of functions and constants in Python by those in the spec."""

    def __init__(self) -> None:
        super().__init__()
        self._parameters: dict[str, dict[str, str]] = {}

    def add_parameters(self, function: syntax.Function) -> None:
        """Name the parameters of a function, once all names of the module are known."""
        names = Names({*IMPORTED, *self.values()})
        mine = {one.name: names.take(one.name) for one in function.parameters}
        self._parameters[function.name] = mine

    def inside(self, function: str) -> dict[str, str]:
        """The names that the text of a function reads."""
        return {**self, **self._parameters[function]}

    def keyword(self, function: str, parameter: str) -> str:
        """What a function calls its parameter."""
        return self._parameters[function][parameter]


def write_constant(constant: syntax.Constant, words: Words) -> str:
    """`NAME = value`."""
    return f"{words[constant.name]} = {Python(words, words.keyword)(constant.value)}"


def write_function(function: syntax.Function, words: Words, known: dict[str, str]) -> str:
    """A function of one expression; `known` are the types of what stands before it."""
    spelled = words.inside(function.name)
    write = Python(spelled, words.keyword)
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
