"""Sizes that are expressions: arithmetic on them, a normal form, and equality.

A size is a sum of products over parts that are not sums or products themselves (names, powers,
quotients, calls). Sums are kept in the order in which they were written.
"""

from __future__ import annotations

from dataclasses import dataclass

from archspec import syntax
from archspec.lowering.python import python

Code = syntax.Expression
Product = tuple[tuple[str, int], ...]
"""Names of parts with their powers, sorted."""

MOST_TERMS = 24


class Opaque(Exception):
    """The size has no closed form."""


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """A size: integer factors by product of parts; `parts` holds the code behind each name.

    A size without `terms` entries is zero; one whose `terms` is None is not known.
    """

    terms: dict[Product, int] | None
    parts: dict[str, Code]

    @property
    def known(self) -> bool:
        """Whether there is a closed form."""
        return self.terms is not None

    @property
    def number(self) -> int | None:
        """The value, where it is a plain number."""
        if self.terms is None or any(self.terms):
            return None
        return self.terms.get((), 0)

    def __add__(self, other: Symbol | int) -> Symbol:
        return _sum(self, lift(other), 1)

    __radd__ = __add__

    def __sub__(self, other: Symbol | int) -> Symbol:
        return _sum(self, lift(other), -1)

    def __rsub__(self, other: Symbol | int) -> Symbol:
        return _sum(lift(other), self, -1)

    def __neg__(self) -> Symbol:
        return _sum(number(0), self, -1)

    def __mul__(self, other: Symbol | int) -> Symbol:
        return _product(self, lift(other))

    __rmul__ = __mul__

    def __floordiv__(self, other: Symbol | int) -> Symbol:
        return _quotient(self, lift(other))

    def __rfloordiv__(self, other: Symbol | int) -> Symbol:
        return _quotient(lift(other), self)

    def __mod__(self, other: Symbol | int) -> Symbol:
        below = lift(other)
        if self.number is not None and below.number:
            return number(self.number % below.number)
        return _opaque_operator("%", self, below)

    def __bool__(self) -> bool:
        raise Opaque

    def __lt__(self, other: object) -> bool:
        raise Opaque

    __gt__ = __le__ = __ge__ = __lt__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Symbol | int):
            return NotImplemented
        difference = self - other
        if difference.number is not None:
            return difference.number == 0
        raise Opaque

    __hash__ = None  # type: ignore[assignment]  # equality may have no answer

    def code(self) -> Code | None:
        """The expression in normal form, None where there is none."""
        return None if self.terms is None else _spelled(self)


UNKNOWN = Symbol(None, {})


def number(value: int) -> Symbol:
    """A plain number."""
    return Symbol({(): value} if value else {}, {})


def lift(value: Symbol | int) -> Symbol:
    """The value itself, or a plain number as a symbol; `TypeError` for what is no whole number."""
    if isinstance(value, Symbol):
        return value
    if type(value) is not int:
        raise TypeError(f"{type(value).__name__} is no size")
    return number(value)


def atom(code: Code) -> Symbol:
    """A part that arithmetic does not look into."""
    name = python(code)
    return Symbol({((name, 1),): 1}, {name: code})


def symbol(code: Code | None) -> Symbol:
    """The normal form of an expression; None is a size that is not known."""
    match code:
        case None:
            return UNKNOWN
        case syntax.Number(value=value) if isinstance(value, int):
            return number(value)
        case syntax.Unary(operator="-", operand=operand):
            return -symbol(operand)
        case syntax.Binary(operator=operator, left=left, right=right):
            return _binary(operator, left, right, code)
        case syntax.Call(function="len", arguments=(argument,)):
            if isinstance(argument.value, syntax.ListOf):
                return number(len(argument.value.items))
        case syntax.Index(base=syntax.ListOf(items=items), index=syntax.Number(value=value)):
            if isinstance(value, int) and -len(items) <= value < len(items):
                return symbol(items[value])
    return atom(code)


def _binary(operator: str, left: Code, right: Code, code: Code) -> Symbol:
    if operator in ("+", "-", "*", "//"):
        first, second = symbol(left), symbol(right)
        match operator:
            case "+":
                return first + second
            case "-":
                return first - second
            case "*":
                return first * second
        return first // second
    if operator == "**":
        base, exponent = symbol(left), symbol(right).number
        if exponent is not None and 0 <= exponent <= 4:
            result = number(1)
            for _ in range(exponent):
                result = result * base
            return result
        spelled, power = base.code(), symbol(right).code()
        if spelled is None or power is None:
            return atom(code)
        return atom(syntax.Binary("**", spelled, power))
    return atom(code)


def _sum(left: Symbol, right: Symbol, sign: int) -> Symbol:
    if left.terms is None or right.terms is None:
        return UNKNOWN
    terms = dict(left.terms)
    for product, factor in right.terms.items():
        terms[product] = terms.get(product, 0) + sign * factor
    return _made(terms, left, right)


def _product(left: Symbol, right: Symbol) -> Symbol:
    if left.terms is None or right.terms is None:
        return UNKNOWN
    terms: dict[Product, int] = {}
    for one, factor in left.terms.items():
        for other, more in right.terms.items():
            powers = dict(one)
            for name, power in other:
                powers[name] = powers.get(name, 0) + power
            product = tuple(sorted(powers.items()))
            terms[product] = terms.get(product, 0) + factor * more
    return _made(terms, left, right)


def _quotient(left: Symbol, right: Symbol) -> Symbol:
    if left.terms is None or right.terms is None or right.number == 0:
        return UNKNOWN
    if left.number is not None and right.number is not None:
        return number(left.number // right.number)
    if len(right.terms) == 1:
        (below, divisor), *_ = right.terms.items()
        found: dict[Product, int] = {}
        for product, factor in left.terms.items():
            rest = _without(product, below)
            if factor % divisor or rest is None:
                break
            found[rest] = factor // divisor
        else:
            return _made(found, left, right)
    if _same_terms(left, right):
        return number(1)
    return _opaque_operator("//", left, right)


def _without(product: Product, below: Product) -> Product | None:
    powers = dict(product)
    for name, power in below:
        if powers.get(name, 0) < power:
            return None
        powers[name] -= power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _opaque_operator(operator: str, left: Symbol, right: Symbol) -> Symbol:
    first, second = left.code(), right.code()
    if first is None or second is None:
        return UNKNOWN
    return atom(syntax.Binary(operator, first, second))


def _made(terms: dict[Product, int], left: Symbol, right: Symbol) -> Symbol:
    kept = {product: factor for product, factor in terms.items() if factor}
    if len(kept) > MOST_TERMS:
        return UNKNOWN
    return Symbol(kept, {**left.parts, **right.parts})


def _same_terms(left: Symbol, right: Symbol) -> bool:
    return left.terms is not None and left.terms == right.terms


def _spelled(found: Symbol) -> Code:
    assert found.terms is not None
    total: Code | None = None
    ordered = sorted(found.terms.items(), key=lambda term: term[1] < 0)
    for product, factor in ordered:
        term = _term(product, abs(factor), found.parts)
        if total is None:
            total = syntax.Unary("-", term) if factor < 0 else term
        else:
            total = syntax.Binary("-" if factor < 0 else "+", total, term)
    return total if total is not None else syntax.Number(0)


def _term(product: Product, factor: int, parts: dict[str, Code]) -> Code:
    found: Code | None = None if factor == 1 and product else syntax.Number(factor)
    written = list(parts)
    for name, power in sorted(product, key=lambda one: written.index(one[0])):
        part = parts[name]
        if power > 1:
            part = syntax.Binary("**", part, syntax.Number(power))
        found = part if found is None else syntax.Binary("*", found, part)
    assert found is not None
    return found


def simplified(code: Code) -> Code:
    """The normal form as an expression, or the code itself where that is no shorter.

    >>> from archspec.syntax import Binary, Name, Number
    >>> python(simplified(Binary("*", Number(4), Binary("*", Number(64), Name("k")))))
    '256 * k'
    >>> python(simplified(Binary("//", Number(145), Number(2))))
    '72'
    """
    found = symbol(code).code()
    if found is None or len(python(found)) >= len(python(code)):
        return code
    return found


def equal(left: Code, right: Code) -> bool:
    """Whether the normal forms are the same."""
    return _same_terms(symbol(left), symbol(right))
