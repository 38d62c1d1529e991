"""Expressions as documents, with lines where Python's formatters end them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archspec.lowering.layout import precedence
from archspec.lowering.layout.document import Bracketed, Document, Group, IfBroken, Indent, Line


@dataclass(frozen=True, slots=True)
class Inside:
    """Where an expression stands.

    In brackets its lines may end anywhere; within optional parentheses (`optional`) only when
    those are written; else nowhere but inside its own brackets.
    """

    source: str
    brackets: bool = False
    optional: Group | None = None

    def opened(self) -> Inside:
        """The same place within brackets."""
        return Inside(self.source, brackets=True)

    def line(self, flat: str = " ") -> Document:
        """A place where the line may end, if it may here."""
        if self.brackets:
            return Line(flat)
        if self.optional is not None:
            return IfBroken(Line(flat), flat, of=self.optional)
        return flat

    def group(self, content: Document) -> Document:
        """Content that is kept on one line where possible."""
        if self.brackets:
            return Group(content)
        return content if self.optional is None else Group(content, only_if_broken=self.optional)

    def bracketed(self, left: str, content: Document, right: str) -> Document:
        """Content between brackets on lines of its own where it does not fit."""
        group = Group([left, Indent([Line(), content]), Line(), right])
        if self.optional is not None:
            return Bracketed(group, self.optional)
        return group


def expression(node: ast.expr, place: Inside) -> Document:
    """The document of an expression, without parentheses around it."""
    for kind, build in _BUILDERS:
        if isinstance(node, kind):
            return build(node, place)
    text = ast.get_source_segment(place.source, node)
    assert text is not None
    return text


def _operand(node: ast.expr, place: Inside, brackets: bool) -> Document:
    if brackets:
        return place.bracketed("(", expression(node, place.opened()), ")")
    return expression(node, place)


def _sequence(parts: Sequence[Document]) -> Document:
    found: list[Document] = []
    for part in parts:
        found += [",", Line(" "), part] if found else [part]
    return [*found, IfBroken(",")] if len(parts) > 1 else found


def _operators(node: ast.expr, place: Inside) -> Document:
    return place.group(_level(node, place))


def _level(node: ast.expr, place: Inside) -> Document:
    operands, operators, level = precedence.flattened(node)
    found: list[Document] = []
    for position, operand in enumerate(operands):
        if position:
            operator = operators[position - 1]
            tight = operator == "**" and _simple(operands[0]) and _simple(operands[1])
            found += [place.line("" if tight else " "), operator, "" if tight else " "]
        brackets = precedence.needs_brackets(operand, level, position == 0)
        found.append(_operand(operand, place, brackets))
    return found


def _simple(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
        return not isinstance(node.operand, ast.UnaryOp) and _simple(node.operand)
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name | ast.Attribute) and _simple(node.value)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float)
    return isinstance(node, ast.Name)


def _unary(node: ast.UnaryOp, place: Inside) -> Document:
    own = precedence.of(node)
    brackets = precedence.of(node.operand) < own
    return [precedence.symbol(node.op), _operand(node.operand, place, brackets)]


def _conditional(node: ast.IfExp, place: Inside) -> Document:
    return place.group(_arms(node, place))


def _arms(node: ast.IfExp, place: Inside) -> list[Document]:
    def arm(one: ast.expr) -> Document:
        return _operand(one, place, precedence.of(one) <= precedence.CONDITIONAL)

    found: list[Document] = [arm(node.body), place.line(), "if ", arm(node.test), place.line()]
    if isinstance(node.orelse, ast.IfExp):
        return [*found, "else ", *_arms(node.orelse, place)]
    brackets = precedence.of(node.orelse) < precedence.CONDITIONAL
    return [*found, "else ", _operand(node.orelse, place, brackets)]


def is_chain(node: ast.expr) -> bool:
    """Two or more attributes read from results of calls: such a chain has a line for each."""
    count = 0
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call | ast.Subscript):
            count += 1
        node = node.func if isinstance(node, ast.Call) else node.value
    return count > 1


def _postfix(node: ast.expr, place: Inside) -> Document:
    lines = is_chain(node)
    content = _links(node, place, lines)
    return place.group(content) if lines else content


def _links(node: ast.expr, place: Inside, lines: bool) -> list[Document]:
    if isinstance(node, ast.Call):
        arguments = call_arguments(node.args, node.keywords, place)
        return [*_links(node.func, place, lines), arguments]
    if isinstance(node, ast.Subscript):
        return [*_links(node.value, place, lines), _index(node.slice, place)]
    if isinstance(node, ast.Attribute):
        line = lines and isinstance(node.value, ast.Call | ast.Subscript)
        before: list[Document] = [place.line("")] if line else []
        return [*_links(node.value, place, lines), *before, ".", node.attr]
    whole = isinstance(node, ast.Constant) and isinstance(node.value, int)
    return [_operand(node, place, whole or precedence.of(node) < precedence.ATOM)]


def call_arguments(
    positional: Sequence[ast.expr], named: Sequence[ast.keyword], place: Inside
) -> Document:
    """The parenthesised arguments of a call; all on one line of their own where that fits."""
    if not positional and not named:
        return "()"
    inner = place.opened()
    if len(positional) == 1 and not named and isinstance(positional[0], ast.GeneratorExp):
        return place.bracketed("(", _comprehended(positional[0], inner), ")")
    parts: list[Document] = [expression(one, inner) for one in positional]
    for one in named:
        value = expression(one.value, inner)
        parts.append([f"{one.arg}=" if one.arg else "**", value])
    return place.bracketed("(", Group(_sequence(parts)), ")")


def _index(node: ast.expr, place: Inside) -> Document:
    inner = place.opened()
    if isinstance(node, ast.Tuple) and node.elts:
        parts = [expression(one, inner) for one in node.elts]
        single: Document = [*parts, ","]
        content: Document = Group(_sequence(parts)) if len(parts) > 1 else single
        return place.bracketed("[", content, "]")
    return place.bracketed("[", expression(node, inner), "]")


def _slice(node: ast.Slice, place: Inside) -> Document:
    ends = [one for one in (node.lower, node.upper, node.step) if one is not None]
    space = "" if all(_simple(one) for one in ends) else " "
    found: list[Document] = []
    if node.lower is not None:
        found += [expression(node.lower, place), space]
    found.append(":")
    if node.upper is not None:
        found += [space, expression(node.upper, place)]
    if node.step is not None:
        found += [space, ":", space, expression(node.step, place)]
    return found


def _tuple(node: ast.Tuple, place: Inside) -> Document:
    parts = [expression(one, place.opened()) for one in node.elts]
    if len(parts) == 1:
        return place.bracketed("(", [parts[0], ","], ")")
    return place.bracketed("(", _sequence(parts), ")") if parts else "()"


def _list(node: ast.List, place: Inside) -> Document:
    parts = [expression(one, place.opened()) for one in node.elts]
    return place.bracketed("[", _sequence(parts), "]") if parts else "[]"


def _dict(node: ast.Dict, place: Inside) -> Document:
    inner = place.opened()
    parts: list[Document] = []
    for key, value in zip(node.keys, node.values, strict=True):
        before: Document = "**" if key is None else [expression(key, inner), ": "]
        parts.append([before, expression(value, inner)])
    return place.bracketed("{", _sequence(parts), "}") if parts else "{}"


def _comprehended(node: ast.ListComp | ast.GeneratorExp, place: Inside) -> Document:
    found: list[Document] = [Group(expression(node.elt, place))]
    for one in node.generators:
        found += [Line(" "), "for ", target(one.target, place), " in "]
        found.append(_operand(one.iter, place, precedence.of(one.iter) <= precedence.CONDITIONAL))
        for condition in one.ifs:
            found += [Line(" "), "if ", expression(condition, place)]
    return Group(found)


def _list_comprehension(node: ast.ListComp, place: Inside) -> Document:
    return place.bracketed("[", _comprehended(node, place.opened()), "]")


def _generator(node: ast.GeneratorExp, place: Inside) -> Document:
    return place.bracketed("(", _comprehended(node, place.opened()), ")")


def target(node: ast.expr, place: Inside) -> Document:
    """The target of a loop or an assignment: tuples stand without parentheses."""
    if isinstance(node, ast.Tuple):
        parts = [expression(one, place) for one in node.elts]
        found: list[Document] = []
        for part in parts:
            found += [", ", part] if found else [part]
        return [*found, ","] if len(parts) == 1 else found
    return expression(node, place)


def _starred(node: ast.Starred, place: Inside) -> Document:
    return ["*", _operand(node.value, place, precedence.of(node.value) <= precedence.COMPARE)]


def _lambda(node: ast.Lambda, place: Inside) -> Document:
    arguments = ast.unparse(node.args)
    body = expression(node.body, place.opened())
    wrapped = Group([IfBroken("("), Indent([Line(), body]), Line(), IfBroken(")")])
    return [f"lambda {arguments}: " if arguments else "lambda: ", wrapped]


_BUILDERS: tuple[tuple[type | tuple[type, ...], Callable[..., Document]], ...] = (
    ((ast.BinOp, ast.BoolOp, ast.Compare), _operators),
    (ast.UnaryOp, _unary),
    (ast.IfExp, _conditional),
    ((ast.Attribute, ast.Call, ast.Subscript), _postfix),
    (ast.Slice, _slice),
    (ast.Tuple, _tuple),
    (ast.List, _list),
    (ast.Dict, _dict),
    (ast.ListComp, _list_comprehension),
    (ast.GeneratorExp, _generator),
    (ast.Starred, _starred),
    (ast.Lambda, _lambda),
)
