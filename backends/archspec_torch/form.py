"""What a lowering returns: an op as PyTorch modules, as an expression, or as both."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from archspec.lowering.layout import precedence

Sizes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a weight of the op lives in its module.

    `parameter` is the name in the module (`weight`), `axes` turns the canonical layout into the
    native one, `reshape` gives the native shape from the canonical one where they differ further.
    """

    parameter: str
    axes: tuple[int, ...] | None = None
    reshape: Callable[[Sizes], Sizes] | None = None


@dataclass(frozen=True, slots=True)
class Module:
    """One constructor call.

    `suffix` is added to the op's name where the module becomes an attribute (`conv_pad`);
    `function` writes the same computation as an expression of its input, where it has no state.
    """

    text: str
    suffix: str = ""
    function: Callable[[str], str] | None = None
    weights: Mapping[str, Piece] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """An op in PyTorch.

    `modules` applied one after the other compute it; empty where no module does. `function`
    writes it as an expression of all inputs, None where a module is needed. `parameter` is the
    constructor of a bare `nn.Parameter`. `helpers` names the small classes of
    `archspec_torch.helpers` that the text uses. `fixed_size` says that the text holds for the
    elaborated spatial sizes only.
    """

    modules: tuple[Module, ...] = ()
    function: Callable[..., str] | None = None
    parameter: tuple[str, Piece] | None = None
    helpers: tuple[str, ...] = ()
    fixed_size: bool = False


def call(callee: str, *arguments: str | None, **named: str | None) -> str:
    """The text of a call; arguments that are None are left out.

    >>> call("nn.Conv2d", "3", "64", "7", stride="2", padding=None)
    'nn.Conv2d(3, 64, 7, stride=2)'
    """
    given = [one for one in arguments if one is not None]
    given += [f"{name}={value}" for name, value in named.items() if value is not None]
    return f"{callee}({', '.join(given)})"


def atom(text: str) -> str:
    """The expression as one that a method can be called on.

    >>> atom("x"), atom("a + b")
    ('x', '(a + b)')
    """
    tree = ast.parse(text, mode="eval").body
    plain = isinstance(tree, (ast.Name, ast.Call, ast.Attribute, ast.Subscript))
    return text if plain else f"({text})"


def factor(text: str) -> str:
    """The expression as a factor of a product."""
    tree = ast.parse(text, mode="eval").body
    product = isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult)
    return text if product else atom(text)


def first_factor(text: str) -> str:
    """The expression at the start of a product.

    >>> first_factor("a / b"), first_factor("a + b")
    ('a / b', '(a + b)')
    """
    return _at_least(precedence.MULTIPLY, text)


def term(text: str) -> str:
    """The expression as a term of a sum."""
    return _at_least(precedence.ADD, text)


def tight(text: str) -> str:
    """The expression between `if` and `else`, or behind `in` of a comprehension.

    >>> tight("a and b"), tight("a if b else c")
    ('a and b', '(a if b else c)')
    """
    return _at_least(precedence.OR, text)


def _at_least(level: int, text: str) -> str:
    """In parentheses if its operator binds less tightly."""
    return f"({text})" if precedence.of(ast.parse(text, mode="eval").body) < level else text
