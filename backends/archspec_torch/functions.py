"""The pure functions and constants of a spec, as functions and constants of the module."""

from __future__ import annotations

from collections.abc import Mapping

from archspec import syntax
from archspec.lowering.names import Names
from archspec.lowering.python import Python

from archspec_torch.arguments import annotation
from archspec_torch.naming import IMPORTED

WHOLE = frozenset(("ceil", "floor", "int", "len", "round"))


def write_constant(constant: syntax.Constant, words: Mapping[str, str]) -> str:
    """`NAME = value`."""
    return f"{words[constant.name]} = {Python(words)(constant.value)}"


def write_function(function: syntax.Function, words: Mapping[str, str]) -> str:
    """A function of one expression."""
    names = Names({*IMPORTED, *words.values()})
    spelled = {**words, **{one.name: names.take(one.name) for one in function.parameters}}
    write = Python(spelled)
    parameters = []
    for one in function.parameters:
        default = "" if one.default is None else f" = {write(one.default)}"
        parameters.append(f"{spelled[one.name]}: {annotation(one.type, [])}{default}")
    kinds = {one.name: one.type.name for one in function.parameters}
    head = f"def {words[function.name]}({', '.join(parameters)}) -> {kind(function.value, kinds)}:"
    lines = [head]
    if function.doc:
        from archspec.lowering.docs import docstring

        lines.append(docstring(function.doc, "    "))
    return "\n".join([*lines, f"    return {write(function.value)}"])


def kind(code: syntax.Expression, kinds: Mapping[str, str]) -> str:
    """The Python type of an expression: `int` where it must be whole, else `float`."""
    match code:
        case syntax.Number(value=value):
            return type(value).__name__
        case syntax.Boolean():
            return "bool"
        case syntax.Text():
            return "str"
        case syntax.Name(name=name):
            return kinds.get(name, "float")
        case syntax.Unary(operator=operator, operand=operand):
            return "bool" if operator == "not" else kind(operand, kinds)
        case syntax.Conditional(then=then, otherwise=otherwise):
            return _wider(kind(then, kinds), kind(otherwise, kinds))
        case syntax.Binary():
            return _binary(code, kinds)
        case syntax.Call(function=function, arguments=arguments):
            if function in WHOLE:
                return "int"
            found = [kind(one.value, kinds) for one in arguments]
            return "float" if "float" in found or not found else found[0]
        case syntax.ListOf(items=items):
            inner = "float" if any(kind(one, kinds) == "float" for one in items) else "int"
            return f"tuple[{inner}, ...]"
        case syntax.Comprehension(element=element):
            return f"list[{kind(element, kinds)}]"
    return "float"


def _binary(code: syntax.Binary, kinds: Mapping[str, str]) -> str:
    if code.operator in ("==", "!=", "<", "<=", ">", ">=", "and", "or"):
        return "bool"
    if code.operator == "/":
        return "float"
    return _wider(kind(code.left, kinds), kind(code.right, kinds))


def _wider(left: str, right: str) -> str:
    return left if left == right else "float"
