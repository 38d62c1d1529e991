"""Whether an expression that does not fit gets parentheses, or is broken inside its brackets."""

from __future__ import annotations

import ast

from archspec.lowering.layout import precedence
from archspec.lowering.layout.document import BestFit, Document, Group, IfBroken, Indent, Line
from archspec.lowering.layout.expression import Inside, expression, is_chain

_OPERATORS = (ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.UnaryOp, ast.Lambda)
_BRACKETS = (ast.List, ast.Tuple, ast.Dict, ast.ListComp, ast.GeneratorExp)


def value(node: ast.expr, source: str) -> Document:
    """An expression at the end of a statement: of an assignment, a `return`, an `if`."""
    if isinstance(node, _OPERATORS) or is_chain(node):
        if _breaks_in_its_brackets(node):
            group = Group([])
            content = expression(node, Inside(source, optional=group))
            group.content = [
                IfBroken("("),
                Indent([Line(), content], of=group),
                Line(),
                IfBroken(")"),
            ]
            return group
        content = expression(node, Inside(source, brackets=True))
        return Group([IfBroken("("), Indent([Line(), content]), Line(), IfBroken(")")])
    if isinstance(node, ast.Name | ast.Constant | ast.JoinedStr) or (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute)
    ):
        group = Group([])
        group.content = expression(node, Inside(source, optional=group))
        return BestFit(group)
    return expression(node, Inside(source))


def _breaks_in_its_brackets(node: ast.expr) -> bool:
    look = _Look()
    look.inside(node)
    if not look.brackets or look.count > 1:
        return False
    if look.level == precedence.ATOM:
        return not is_chain(node)
    if look.opens or look.closes:
        return True
    return _has_content(look.last) or _has_content(look.first)


def _has_content(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Call):
        return bool(node.args or node.keywords)
    if isinstance(node, ast.List | ast.Tuple):
        return bool(node.elts)
    if isinstance(node, ast.Dict):
        return bool(node.keys)
    return isinstance(node, ast.ListComp | ast.GeneratorExp | ast.Subscript)


class _Look:
    """The loosest operator of an expression outside its brackets, and its two ends."""

    def __init__(self) -> None:
        self.brackets = False
        self.level = precedence.ATOM
        self.count = 0
        self.first: ast.expr | None = None
        self.started = False
        self.last: ast.expr | None = None
        self.opens = False
        self.closes = False

    def _operator(self, level: int, count: int) -> None:
        if level < self.level:
            self.level, self.count = level, count
        elif level == self.level:
            self.count += count

    def inside(self, node: ast.expr) -> None:
        if isinstance(node, _BRACKETS):
            self.brackets = True
        elif isinstance(node, ast.IfExp):
            self._operator(precedence.CONDITIONAL, 2)
            for one in (node.body, node.test, node.orelse):
                self.visit(one, precedence.of(one) < precedence.CONDITIONAL)
        elif isinstance(node, ast.UnaryOp):
            self.started = True
            self.visit(node.operand, precedence.of(node.operand) < precedence.of(node))
        elif isinstance(node, ast.BinOp | ast.BoolOp | ast.Compare):
            operands, operators, level = precedence.flattened(node)
            self._operator(level, len(operators))
            for position, one in enumerate(operands):
                self.visit(one, precedence.needs_brackets(one, level, position == 0))
        elif isinstance(node, ast.Call | ast.Subscript):
            self.brackets = True
            self.visit(node.func if isinstance(node, ast.Call) else node.value, False)
            self.last = node
        elif isinstance(node, ast.Attribute):
            self.visit(node.value, False)
            self.last = node

    def visit(self, node: ast.expr, parenthesised: bool) -> None:
        self.last = node
        self.closes = parenthesised
        if parenthesised:
            self.brackets = True
        else:
            self.inside(node)
        if not self.started:
            self.started = True
            self.first = node
            self.opens = parenthesised
