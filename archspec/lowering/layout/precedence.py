"""How tightly the operators of Python bind."""

from __future__ import annotations

import ast

LAMBDA, CONDITIONAL, OR, AND, NOT, COMPARE = range(6)
BIT_OR, BIT_XOR, BIT_AND, SHIFT, ADD, MULTIPLY, UNARY, POWER, ATOM = range(6, 15)

_BINARY: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", ADD),
    ast.Sub: ("-", ADD),
    ast.Mult: ("*", MULTIPLY),
    ast.Div: ("/", MULTIPLY),
    ast.FloorDiv: ("//", MULTIPLY),
    ast.Mod: ("%", MULTIPLY),
    ast.MatMult: ("@", MULTIPLY),
    ast.Pow: ("**", POWER),
    ast.LShift: ("<<", SHIFT),
    ast.RShift: (">>", SHIFT),
    ast.BitOr: ("|", BIT_OR),
    ast.BitXor: ("^", BIT_XOR),
    ast.BitAnd: ("&", BIT_AND),
}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_UNARY: dict[type[ast.unaryop], str] = {
    ast.USub: "-",
    ast.UAdd: "+",
    ast.Invert: "~",
    ast.Not: "not ",
}


def of(node: ast.expr) -> int:
    """The precedence of an expression; a higher number binds tighter."""
    if isinstance(node, ast.BinOp):
        return _BINARY[type(node.op)][1]
    if isinstance(node, ast.BoolOp):
        return AND if isinstance(node.op, ast.And) else OR
    if isinstance(node, ast.UnaryOp):
        return NOT if isinstance(node.op, ast.Not) else UNARY
    if isinstance(node, ast.Compare):
        return COMPARE
    if isinstance(node, ast.IfExp):
        return CONDITIONAL
    return LAMBDA if isinstance(node, ast.Lambda) else ATOM


def symbol(operator: ast.operator | ast.cmpop | ast.unaryop | ast.boolop) -> str:
    """How an operator is written."""
    if isinstance(operator, ast.operator):
        return _BINARY[type(operator)][0]
    if isinstance(operator, ast.cmpop):
        return _COMPARE[type(operator)]
    if isinstance(operator, ast.unaryop):
        return _UNARY[type(operator)]
    return "and" if isinstance(operator, ast.And) else "or"


def flattened(node: ast.expr) -> tuple[list[ast.expr], list[str], int]:
    """Operands and operators of one level (`a + b - c`), and the level; no operators for others."""
    level = of(node)
    if isinstance(node, ast.BoolOp):
        return node.values, [symbol(node.op)] * (len(node.values) - 1), level
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators], [symbol(op) for op in node.ops], level
    operands: list[ast.expr] = []
    operators: list[str] = []
    while isinstance(node, ast.BinOp) and of(node) == level and level != POWER:
        operands.insert(0, node.right)
        operators.insert(0, symbol(node.op))
        node = node.left
    if isinstance(node, ast.BinOp) and level == POWER:
        return [node.left, node.right], ["**"], level
    return [node, *operands], operators, level


def needs_brackets(operand: ast.expr, level: int, first: bool) -> bool:
    """Whether an operand of an operator of this level stands in parentheses of its own."""
    own = of(operand)
    if level == POWER:
        return own < ATOM if first else own < UNARY
    if level in (AND, OR):
        return own < level or (own == level and not first)
    if level == COMPARE:
        return own <= COMPARE
    return own < level if first else own <= level
