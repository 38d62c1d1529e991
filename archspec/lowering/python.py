"""Expressions of the language as Python source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from archspec import syntax

Spelling = Mapping[str, str] | Callable[[syntax.Expression], str | None]

_LOOSEST, _CONDITIONAL, _OR, _AND, _NOT, _COMPARE, _ADD, _MULTIPLY, _UNARY, _POWER, _ATOM = range(
    11
)
_LEVELS = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), _COMPARE),
    **dict.fromkeys(("+", "-"), _ADD),
    **dict.fromkeys(("*", "/", "//", "%"), _MULTIPLY),
    "**": _POWER,
}
_MATH = {"floor": "math.floor", "ceil": "math.ceil"}
_FOLDS = frozenset(("max", "min", "sum"))
_LAZY = frozenset(("enumerate", "range", "reversed", "zip"))
"""What Python makes no tuple of, though it is a list in the language."""
_BUILT_IN = _FOLDS | _LAZY | frozenset(("abs", "int", "len", "round"))


@dataclass(slots=True)
class Python:
    """Writes expressions; `spelling` maps names, or gives the text of any expression it knows.

    A callable spelling is asked first for every expression and answers None for those that it
    leaves to this writer. The text may need `import math`.

    Lists are tuples where they are kept, so that they can be read twice, joined and compared.
    """

    spelling: Spelling = field(default_factory=dict)
    keyword: Callable[[str, str], str] = lambda function, parameter: parameter
    """How the spec's own functions call their parameters in Python."""

    def __call__(self, expression: syntax.Expression) -> str:
        """The expression with as few parentheses as possible."""
        return self._write(expression, _LOOSEST)

    def argument(self, expression: syntax.Expression) -> str:
        """The expression where an attribute or index follows: parenthesised unless it is one."""
        return self._write(expression, _ATOM)

    def iterable(self, expression: syntax.Expression) -> str:
        """The expression behind the `in` of a loop, which reads it once."""
        return self._once(expression, _LOOSEST)

    def _write(self, expression: syntax.Expression, least: int) -> str:
        lazy = isinstance(expression, syntax.Call) and expression.function in _LAZY
        if lazy and self._known(expression) is None:
            return f"tuple({self._once(expression, _LOOSEST)})"
        if isinstance(expression, syntax.Comprehension) and self._known(expression) is None:
            return f"tuple({self._comprehension(expression)})"
        return self._once(expression, least)

    def _once(self, expression: syntax.Expression, least: int) -> str:
        known = self._known(expression)
        if known is not None:
            return known
        text, level = self._text(expression)
        return f"({text})" if level < least else text

    def _indexed(self, expression: syntax.Expression, least: int) -> str:
        """A list of which places or the length are read: a range has these."""
        ranged = isinstance(expression, syntax.Call) and expression.function == "range"
        return self._once(expression, least) if ranged else self._write(expression, least)

    def _known(self, expression: syntax.Expression) -> str | None:
        if callable(self.spelling):
            return self.spelling(expression)
        if isinstance(expression, syntax.Name):
            return self.spelling.get(expression.name)
        return None

    def _text(self, expression: syntax.Expression) -> tuple[str, int]:
        match expression:
            case syntax.Number(value=value):
                return number(value), _UNARY if value < 0 else _ATOM
            case syntax.Text(value=value):
                return string(value), _ATOM
            case syntax.Boolean(value=value):
                return str(value), _ATOM
            case syntax.Name(name=name):
                return name, _ATOM
            case syntax.Unary() | syntax.Binary() | syntax.Conditional():
                return self._operator(expression)
            case syntax.Call():
                return self._call(expression), _ATOM
        return self._container(expression), _ATOM

    def _operator(
        self, expression: syntax.Unary | syntax.Binary | syntax.Conditional
    ) -> tuple[str, int]:
        if isinstance(expression, syntax.Unary):
            opposite = _opposite(expression)
            if opposite is not None:
                return self._binary(opposite)
            level = _NOT if expression.operator == "not" else _UNARY
            space = " " if expression.operator == "not" else ""
            return f"{expression.operator}{space}{self._write(expression.operand, level)}", level
        if isinstance(expression, syntax.Conditional):
            then = self._write(expression.then, _OR)
            condition = self._write(expression.condition, _OR)
            otherwise = self._write(expression.otherwise, _CONDITIONAL)
            return f"{then} if {condition} else {otherwise}", _CONDITIONAL
        return self._binary(expression)

    def _binary(self, expression: syntax.Binary) -> tuple[str, int]:
        if expression.operator == "+" and (_listed(expression.left) or _listed(expression.right)):
            return self._side_by_side(expression), _ATOM
        level = _LEVELS[expression.operator]
        # Comparisons do not chain in the language; powers are taken from the right.
        low = level + 1 if level in (_COMPARE, _POWER) else level
        high = _UNARY if level == _POWER else level + 1
        left = self._write(expression.left, low)
        right = self._write(expression.right, high)
        operator = expression.operator
        if operator == "**" and _simple(expression.left) and _simple(expression.right):
            return f"{left}**{right}", level
        return f"{left} {operator} {right}", level

    def _side_by_side(self, expression: syntax.Binary) -> str:
        """Lists one behind the other, which Python may hold as tuples or as lists."""
        parts = []
        for side in (expression.left, expression.right):
            if isinstance(side, syntax.ListOf):
                parts += [self._write(one, _LOOSEST) for one in side.items]
            else:
                parts.append(f"*{self._once(side, _ATOM)}")
        return f"({', '.join(parts)},)" if len(parts) == 1 else f"({', '.join(parts)})"

    def _call(self, call: syntax.Call) -> str:
        function = call.function
        if function in _MATH:
            function = _MATH[function]
        elif function not in _BUILT_IN:
            function = self._known(syntax.Name(function)) or function
        inside = [
            (f"{self.keyword(call.function, one.name)}=" if one.name else "")
            + self._argument(function, one.value)
            for one in call.arguments
        ]
        if len(call.arguments) == 1 and function in _FOLDS:
            inside = [self._folded(call.arguments[0].value)]
        # The language refuses lists of different lengths.
        inside += ["strict=True"] if function == "zip" else []
        return f"{function}({', '.join(inside)})"

    def _argument(self, function: str, value: syntax.Expression) -> str:
        if function in ("enumerate", "zip"):
            return self._once(value, _LOOSEST)
        if function in ("len", "reversed"):
            return self._indexed(value, _LOOSEST)
        return self._write(value, _LOOSEST)

    def _folded(self, expression: syntax.Expression) -> str:
        """What a sum is made of, without a list that is only made for it."""
        if not isinstance(expression, syntax.Comprehension):
            return self._once(expression, _LOOSEST)
        element = expression.element
        all_of_it = isinstance(element, syntax.Name) and element.name == expression.target.name
        if all_of_it and expression.condition is None:
            return self._once(expression.iterable, _LOOSEST)
        return self._comprehension(expression)

    def _container(self, expression: syntax.Expression) -> str:
        match expression:
            case syntax.ListOf(items=items):
                inside = ", ".join(self._write(one, _LOOSEST) for one in items)
                return f"({inside},)" if len(items) == 1 else f"({inside})"
            case syntax.Index(base=base, index=index):
                return f"{self._indexed(base, _ATOM)}[{self._write(index, _LOOSEST)}]"
            case syntax.Slice(base=base, start=start, stop=stop):
                return f"{self._write(base, _ATOM)}[{self._slice(start, stop)}]"
            case syntax.Comprehension():
                return f"[{self._comprehension(expression)}]"
            case syntax.Attribute(base=base, name=name):
                before = "" if base is None else self._write(base, _ATOM)
                return f"{before}.{name}"
        raise TypeError(f"{type(expression).__name__} is not a value")

    def _slice(self, start: syntax.Expression | None, stop: syntax.Expression | None) -> str:
        ends = [one for one in (start, stop) if one is not None]
        space = "" if all(_simple(one) for one in ends) else " "
        left = self._write(start, _LOOSEST) + space if start is not None else ""
        right = space + self._write(stop, _LOOSEST) if stop is not None else ""
        return f"{left}:{right}"

    def _comprehension(self, expression: syntax.Comprehension) -> str:
        text = f"{self._write(expression.element, _LOOSEST)} for {self.target(expression.target)}"
        text += f" in {self._once(expression.iterable, _OR)}"
        if expression.condition is not None:
            text += f" if {self._write(expression.condition, _OR)}"
        return text

    def target(self, target: syntax.Target, nested: bool = False) -> str:
        """What a loop binds: `i, (expand, filters)`."""
        if target.name is not None:
            return self._known(syntax.Name(target.name)) or target.name
        inside = ", ".join(self.target(part, nested=True) for part in target.parts)
        inside += "," if len(target.parts) == 1 else ""
        return f"({inside})" if nested else inside


def _opposite(expression: syntax.Unary) -> syntax.Binary | None:
    """`a != b` for `not a == b`."""
    inner = expression.operand
    if expression.operator != "not" or not isinstance(inner, syntax.Binary):
        return None
    other = {"==": "!=", "!=": "=="}.get(inner.operator)
    return None if other is None else syntax.Binary(other, inner.left, inner.right)


def _listed(expression: syntax.Expression) -> bool:
    """Whether the expression is a list that is written out, or begins or ends with one."""
    if isinstance(expression, syntax.Binary) and expression.operator == "+":
        return _listed(expression.left) or _listed(expression.right)
    if isinstance(expression, syntax.Call):
        return expression.function in _LAZY
    return isinstance(expression, syntax.ListOf | syntax.Comprehension)


def _simple(expression: syntax.Expression) -> bool:
    """Whether formatters write it next to `**` and `:` without spaces."""
    if isinstance(expression, syntax.Unary):
        return expression.operator == "-" and _simple(expression.operand)
    return isinstance(expression, syntax.Name | syntax.Number)


def number(value: int | float) -> str:
    """A number as it is written by hand.

    >>> number(1e-05), number(0.0001), number(0.9), number(3)
    ('1e-5', '1e-4', '0.9', '3')
    """
    text = repr(value)
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f"{mantissa}e{int(exponent)}"
    if isinstance(value, float) and 0 < abs(value) < 0.001:
        digits = text.split(".")[1].lstrip("0")
        exponent_value = len(text.split(".")[1]) - len(digits) + 1
        mantissa = digits[0] + ("." + digits[1:] if digits[1:] else "")
        return f"{'-' if value < 0 else ''}{mantissa}e-{exponent_value}"
    return text


def string(value: str) -> str:
    """A string literal in double quotes, on one line, in plain characters where it can be.

    >>> print(string('a "b"'), string("a"))
    'a "b"' "a"
    """
    if '"' in value and "'" not in value:
        return f"'{repr(value)[1:-1]}'"
    if "'" in value:
        body = value.encode("unicode_escape").decode("ascii").replace('"', '\\"')
    else:
        # Behind an apostrophe `repr` takes double quotes.
        body = repr("'" + value)[2:-1]
    return f'"{body}"'


def python(expression: syntax.Expression, names: Spelling | None = None) -> str:
    """One expression as Python source.

    >>> from archspec.syntax import Binary, Name, Number
    >>> python(Binary("*", Number(4), Binary("+", Name("a"), Name("b"))), {"a": "x"})
    '4 * (x + b)'
    """
    return Python(names or {})(expression)


def constant(value: object) -> syntax.Expression:
    """The expression that has this value: a number, a word, or a list of such."""
    if isinstance(value, bool):
        return syntax.Boolean(value)
    if isinstance(value, int | float):
        return syntax.Number(value)
    if isinstance(value, str):
        return syntax.Text(value)
    if isinstance(value, list | tuple):
        return syntax.ListOf(tuple(constant(one) for one in value))
    raise TypeError(f"{type(value).__name__} has no literal")
