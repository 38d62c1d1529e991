"""Statements as documents."""

from __future__ import annotations

import ast

from archspec.lowering.layout.document import Document, Group, IfBroken, Indent, Line
from archspec.lowering.layout.expression import Inside, call_arguments, expression, target
from archspec.lowering.layout.parentheses import value
from archspec.lowering.layout.precedence import symbol


def statement(node: ast.stmt, source: str) -> Document | None:
    """The document of a statement (of a compound one its first line), None if never broken."""
    if isinstance(node, ast.FunctionDef):
        return _function(node, source)
    if isinstance(node, ast.ClassDef):
        bases = call_arguments(node.bases, node.keywords, Inside(source))
        return ["class ", node.name, bases, ":"]
    if isinstance(node, ast.ImportFrom):
        return _import(node)
    if isinstance(node, ast.For):
        return ["for ", _loop_target(node.target, source), " in ", value(node.iter, source), ":"]
    if isinstance(node, ast.If | ast.While):
        word = "while " if isinstance(node, ast.While) else "if "
        return [word, value(node.test, source), ":"]
    return _simple(node, source)


def _loop_target(node: ast.expr, source: str) -> Document:
    """What a loop binds: several names get parentheses only with a line for each."""
    if not isinstance(node, ast.Tuple) or len(node.elts) < 2:
        return target(node, Inside(source))
    parts: list[Document] = []
    for one in node.elts:
        parts += [",", Line(" ")] if parts else []
        parts.append(target(one, Inside(source, brackets=True)))
    inside = Indent([Line(), *parts, IfBroken(",")])
    return Group([IfBroken("("), inside, Line(), IfBroken(")")])


def _simple(node: ast.stmt, source: str) -> Document | None:
    place = Inside(source)
    if isinstance(node, ast.Return) and node.value is not None:
        return ["return ", value(node.value, source)]
    if isinstance(node, ast.Assign):
        before: list[Document] = [[target(one, place), " = "] for one in node.targets]
        return [*before, value(node.value, source)]
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        annotation = expression(node.annotation, place)
        return [expression(node.target, place), ": ", annotation, " = ", value(node.value, source)]
    if isinstance(node, ast.AugAssign):
        operator = f" {symbol(node.op)}= "
        return [expression(node.target, place), operator, value(node.value, source)]
    if isinstance(node, ast.Expr):
        return value(node.value, source)
    if isinstance(node, ast.Raise) and node.exc is not None:
        return ["raise ", value(node.exc, source)]
    if isinstance(node, ast.Assert):
        message: Document = [", ", value(node.msg, source)] if node.msg else ""
        return ["assert ", value(node.test, source), message]
    return None


def _import(node: ast.ImportFrom) -> Document:
    names: list[Document] = []
    for one in node.names:
        names += [",", Line(" ")] if names else []
        names.append(f"{one.name} as {one.asname}" if one.asname else one.name)
    inside = Indent([Line(), *names, IfBroken(",")])
    start = f"from {'.' * node.level}{node.module or ''} import "
    return [start, Group([IfBroken("("), inside, Line(), IfBroken(")")])]


def _function(node: ast.FunctionDef, source: str) -> Document:
    place = Inside(source, brackets=True)
    parts = _parameters(node.args, place)
    if not parts:
        found: Document = "()"
    else:
        inner: list[Document] = []
        for part in parts:
            inner += [",", Line(" "), part] if inner else [part]
        # A sole parameter gets its comma with the outer brackets, several with a line for each.
        lines = [*inner, IfBroken(",")]
        content: Document = lines if len(parts) == 1 else Group(lines)
        found = Group(["(", Indent([Line(), content]), Line(), ")"])
    returns: Document = ""
    if node.returns is not None:
        # Only without parameters the result is what is broken.
        text = ast.get_source_segment(source, node.returns) or ""
        returns = [" -> ", text if parts else expression(node.returns, place)]
    return ["def ", node.name, found, returns, ":"]


def _parameters(arguments: ast.arguments, place: Inside) -> list[Document]:
    def one(argument: ast.arg, default: ast.expr | None) -> Document:
        found: list[Document] = [argument.arg]
        if argument.annotation is not None:
            found += [": ", expression(argument.annotation, place)]
        if default is not None:
            found += [" = " if argument.annotation else "=", expression(default, place)]
        return found

    missing = [None] * (len(arguments.args) - len(arguments.defaults))
    pairs = zip(arguments.args, [*missing, *arguments.defaults], strict=True)
    parts = [one(argument, default) for argument, default in pairs]
    if arguments.vararg is not None:
        parts.append(["*", one(arguments.vararg, None)])
    elif arguments.kwonlyargs:
        parts.append("*")
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    parts += [one(argument, default) for argument, default in named]
    if arguments.kwarg is not None:
        parts.append(["**", one(arguments.kwarg, None)])
    return parts
