"""The pure functions and constants of a spec, as functions and constants of the module."""

from __future__ import annotations

from collections.abc import Mapping

from archspec import syntax
from archspec.lowering.names import Names
from archspec.lowering.python import Python
from archspec_torch.naming import IMPORTED
from archspec_torch.writing.arguments import annotation

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
        case syntax.Number(value=value) | syntax.Boolean(value=value) | syntax.Text(value=value):
            return type(value).__name__
        case syntax.Name(name=name):
            return kinds.get(name, "float")
        case syntax.Conditional(then=then, otherwise=otherwise):
            return _wider([kind(then, kinds), kind(otherwise, kinds)])
        case syntax.Unary() | syntax.Binary():
            return _operator(code, kinds)
        case syntax.Call(function=function, arguments=arguments):
            found = _wider([kind(one.value, kinds) for one in arguments])
            return "int" if function in WHOLE else found
    return _container(code, kinds)


def _container(code: syntax.Expression, kinds: Mapping[str, str]) -> str:
    if isinstance(code, syntax.ListOf):
        return f"tuple[{_wider([kind(one, kinds) for one in code.items])}, ...]"
    if isinstance(code, syntax.Comprehension):
        return f"list[{kind(code.element, kinds)}]"
    return "float"


def _operator(code: syntax.Unary | syntax.Binary, kinds: Mapping[str, str]) -> str:
    if isinstance(code, syntax.Unary):
        return "bool" if code.operator == "not" else kind(code.operand, kinds)
    if code.operator in ("==", "!=", "<", "<=", ">", ">=", "and", "or"):
        return "bool"
    if code.operator == "/":
        return "float"
    return _wider([kind(code.left, kinds), kind(code.right, kinds)])


def _wider(found: list[str]) -> str:
    return found[0] if len(set(found)) == 1 else "float"
