"""Texts of expressions, with no more parentheses than needed."""

from __future__ import annotations

from collections.abc import Callable

from archspec.frontends.dsl.literals import quoted
from archspec.syntax import (
    Argument,
    Attribute,
    Binary,
    Body,
    Boolean,
    Call,
    Comprehension,
    Conditional,
    Expression,
    Index,
    LayerLiteral,
    ListOf,
    Name,
    Number,
    Slice,
    Target,
    Text,
    Unary,
)

_CONDITIONAL, _OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN, _POWER, _POSTFIX = range(10)
_COMPARED = dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), (_COMPARISON, _SUM, _SUM))
_BINARY = {
    "or": (_OR, _OR, _AND),
    "and": (_AND, _AND, _NOT),
    **_COMPARED,
    **dict.fromkeys("+-", (_SUM, _SUM, _PRODUCT)),
    **dict.fromkeys(("*", "/", "//", "%"), (_PRODUCT, _PRODUCT, _SIGN)),
    "**": (_POWER, _POSTFIX, _SIGN),
}
"""Strength of an operator, and what its left and right side need at least."""

PrintBody = Callable[[Body], str]


def print_expression(expression: Expression) -> str:
    """An expression as a spec writes it.

    >>> print_expression(Binary("*", Binary("+", Name("a"), Number(1)), Name("b")))
    '(a + 1) * b'
    """
    from archspec.frontends.dsl.printer import Printer

    return Printer().expression(expression)


class ExpressionPrinter:
    """Prints expressions; bodies inside them are left to `body` of the whole printer."""

    def body(self, body: Body) -> str:
        """`{ statements }`."""
        raise NotImplementedError

    def expression(self, node: Expression, wanted: int = _CONDITIONAL) -> str:
        """The text, in parentheses when it binds more weakly than `wanted`."""
        strength, text = self._bare(node)
        return text if strength >= wanted else f"({text})"

    def _bare(self, node: Expression) -> tuple[int, str]:
        match node:
            case Binary(operator, left, right):
                strength, wanted_left, wanted_right = _BINARY[operator]
                sides = self.expression(left, wanted_left), self.expression(right, wanted_right)
                return strength, f" {operator} ".join(sides)
            case Unary("not", operand):
                return _NOT, f"not {self.expression(operand, _NOT)}"
            case Unary(_, operand):
                return _SIGN, f"-{self.expression(operand, _SIGN)}"
            case Conditional(condition, then, otherwise):
                parts = map(self.expression, (condition, then, otherwise))
                return _CONDITIONAL, "if {} then {} else {}".format(*parts)
        return _POSTFIX, self._tight(node)

    def _tight(self, node: Expression) -> str:
        match node:
            case Name(name):
                return name
            case Number(value):
                return repr(value)
            case Boolean(value):
                return "true" if value else "false"
            case Text(value):
                return quoted(value)
            case ListOf(items):
                return f"[{self._listed(items)}]"
            case Call(function, arguments):
                return function + self.arguments(arguments)
            case LayerLiteral(body):
                return self.body(body)
        return self._derived(node)

    def _derived(self, node: Expression) -> str:
        match node:
            case Attribute(None, name):
                return f".{name}"
            case Attribute(base, name) if base is not None:
                return f"{self.expression(base, _POSTFIX)}.{name}"
            case Index(base, index):
                return f"{self.expression(base, _POSTFIX)}[{self.expression(index)}]"
            case Slice(base, start, stop):
                ends = ("" if end is None else self.expression(end) for end in (start, stop))
                return f"{self.expression(base, _POSTFIX)}[{':'.join(ends)}]"
            case Comprehension(element, target, iterable, condition):
                loop = f"for {self.target(target)} in {self.expression(iterable)}"
                test = "" if condition is None else f" if {self.expression(condition)}"
                return f"[{self.expression(element)} {loop}{test}]"
        raise TypeError(f"no text for {type(node).__name__}")

    def _listed(self, items: tuple[Expression, ...]) -> str:
        return ", ".join(map(self.expression, items))

    def arguments(self, arguments: tuple[Argument, ...]) -> str:
        """`(value, name=value)`."""
        texts = (
            self.expression(one.value)
            if one.name is None
            else f"{one.name}={self.expression(one.value)}"
            for one in arguments
        )
        return f"({', '.join(texts)})"

    def target(self, target: Target) -> str:
        """`i, (expand, filters)`."""
        if target.name is not None:
            return target.name
        return ", ".join(
            self.target(part) if part.name is not None else f"({self.target(part)})"
            for part in target.parts
        )
