"""What stands at the top of a file."""

from __future__ import annotations

from archspec.syntax.expressions import Argument, Expression
from archspec.syntax.node import NOWHERE, Node, Span, node
from archspec.syntax.statements import Body, LayerCall


class Definition(Node):
    """One top-level element of a file."""

    span: Span


@node
class Type(Node):
    """`int float bool str size padding layer value` or `list[item]` (name `"list"`).

    A table row, `(int, str)` inside `list[…]`, has the name `"tuple"` and its `items`.
    """

    name: str
    items: tuple[Type, ...] = ()
    span: Span = NOWHERE


@node
class Parameter(Node):
    """`name: type = default`."""

    name: str
    type: Type
    default: Expression | None = None
    span: Span = NOWHERE


@node
class Function(Definition):
    """`let name(parameters) = value`, pure and not recursive; stands in a file only."""

    name: str
    parameters: tuple[Parameter, ...]
    value: Expression
    doc: str | None = None
    span: Span = NOWHERE


@node
class Constant(Definition):
    """`let name = value` at the top of a file."""

    name: str
    value: Expression
    span: Span = NOWHERE


@node
class Block(Definition):
    """`block name(parameters) { … }`; `name_span` is the place of the name itself."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Body
    doc: str | None = None
    name_span: Span = NOWHERE
    span: Span = NOWHERE


@node
class Network(Definition):
    """`network name(parameters) { … }`."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Body
    doc: str | None = None
    name_span: Span = NOWHERE
    span: Span = NOWHERE


@node
class Variant(Definition):
    """`network name = base(arguments) { expect … }`; the body holds only `expect` lines."""

    name: str
    base: str
    arguments: tuple[Argument, ...]
    body: Body | None = None
    doc: str | None = None
    name_span: Span = NOWHERE
    span: Span = NOWHERE


@node
class Default(Definition):
    """`default op(attribute=value, …)`: the op's defaults in this file."""

    call: LayerCall
    span: Span = NOWHERE


@node
class Use(Definition):
    """`use a, b from "file.arch"`."""

    names: tuple[str, ...]
    path: str
    span: Span = NOWHERE


@node
class Setting(Node):
    """`key: value` in a `train` section."""

    key: str
    value: Expression
    span: Span = NOWHERE


@node
class Train(Definition):
    """`train network { key: value … }`."""

    network: str
    settings: tuple[Setting, ...]
    span: Span = NOWHERE


@node
class Comment(Node):
    """One `#` or `##` comment with its text as written, for the formatter."""

    text: str
    span: Span = NOWHERE


@node
class File(Node):
    """A whole file: definitions in textual order, and all its comments."""

    definitions: tuple[Definition, ...]
    comments: tuple[Comment, ...] = ()
    span: Span = NOWHERE
