"""Closed forms of sizes: what they become through an op, and whether they hold everywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from archspec import syntax
from archspec.dimensions.shape import AXES, Shape
from archspec.ir import Node, Scope, Value
from archspec.lowering.plan import Code
from archspec.lowering.python import python
from archspec.lowering.rewrite import free_names, rewrite, substitute
from archspec.lowering.symbol import UNKNOWN, Opaque, Symbol, number, simplified, symbol
from archspec.lowering.values import Places, Unknown
from archspec.ops.attributes import Attributes
from archspec.ops.op import Op

Sizes = tuple[Code | None, ...]

UNSUITED = (Opaque, TypeError, AttributeError)
"""What a shape rule meets that asks symbols for more than arithmetic: a decision, a whole number
(`range(size)`), a method of numbers. Anything else that it raises is a mistake in the rule."""

LONGEST = 60
"""A longer form says less to a reader than the number, or than reading it from the tensor."""


def read_sizes(base: Code, values: Sequence[Value]) -> Sizes:
    """Sizes read from a value by its name, as far as all instances have the axes."""
    ranks = {len(value.shape) for value in values}
    if len(ranks) != 1:
        return (syntax.Attribute(base, "channels"),)
    names = AXES.get(ranks.pop())
    if names is None:
        return (None,) * (len(values[0].shape) - 1) + (syntax.Attribute(base, "channels"),)
    return tuple(syntax.Attribute(base, name) for name in names)


def unresolved(code: Code, inputs: Collection[str]) -> bool:
    """Whether the code reads a size from a value other than these inputs."""
    return any(
        isinstance(part, syntax.Attribute)
        and not (isinstance(part.base, syntax.Name) and part.base.name in inputs)
        for part in code.walk()
    )


def settled(
    sizes: Sizes,
    values: Sequence[Value],
    scopes: Sequence[Scope],
    places: Places,
    lets: dict[str, Code],
) -> Sizes:
    """The forms that hold for all instances at these scopes; with `let`s written out if needed."""
    shapes = [value.shape for value in values]
    if not all(shapes):
        # What is `none` has no sizes.
        return ()
    if len({len(shape) for shape in shapes}) != 1:
        sizes, shapes = sizes[-1:], [shape[-1:] for shape in shapes]
    elif len(sizes) != len(shapes[0]):
        sizes = (None,) * (len(shapes[0]) - len(sizes[-1:])) + sizes[-1:]
    found: list[Code | None] = []
    for position, code in enumerate(sizes):
        wanted = [shape[position] for shape in shapes]
        found.append(_settle(code, wanted, scopes, places, lets))
    return tuple(found)


def _settle(
    code: Code | None,
    wanted: Sequence[int],
    scopes: Sequence[Scope],
    places: Places,
    lets: dict[str, Code],
) -> Code | None:
    if code is None:
        return None
    if holds(code, wanted, scopes, places):
        return code
    written = expanded(code, lets)
    if written is not code and holds(written, wanted, scopes, places):
        return simplified(written)
    return None


def expanded(code: Code, lets: dict[str, Code]) -> Code:
    """The code with `let`s written out."""
    for _ in range(len(lets) + 1):
        found = substitute(code, lets)
        if found is code:
            return code
        code = found
    return code


def holds(code: Code, wanted: Sequence[Any], scopes: Sequence[Scope], places: Places) -> bool:
    """Whether the code has the wanted value at every scope."""
    try:
        return all(
            places.value(code, scope) == one for scope, one in zip(scopes, wanted, strict=True)
        )
    except Unknown:
        return False


def through_op(
    op: Op,
    nodes: Sequence[Node],
    attributes: dict[str, Code],
    inputs: Sequence[Sizes],
    known: Collection[str],
) -> list[Sizes]:
    """The sizes of all outputs of an op, from those of its inputs.

    `known` are the inputs of the definition, whose sizes can be read.
    """
    first = nodes[0]
    count = len(first.outputs)
    ranks = {tuple(len(one.shape) for one in node.inputs) for node in nodes}
    if len(ranks) != 1 or any(len(node.outputs) != count for node in nodes):
        return [(None,)] * count
    codes = {name: code for name, code in attributes.items() if not unresolved(code, known)}
    missing = attributes.keys() - codes.keys()
    told = _attributes(op, first, codes, missing)
    plain = _shapes(op, told, [tuple(map(symbol, sizes)) for sizes in inputs])
    filled = _filled(nodes, inputs)
    mixed = _shapes(op, told, filled) or _shapes(op, first.attributes, filled)
    found: list[Sizes] = []
    for k in range(count):
        rank = len(first.outputs[k].shape)
        spatial = [None] * (rank - 1) if plain is None else [_code(one) for one in plain[k][:-1]]
        channels = None if plain is None else _code(plain[k][-1])
        if channels is None and mixed is not None:
            channels = _code(mixed[k][-1])
        found.append((*spatial, channels))
    return found


def with_copies(
    op: Op,
    node: Node,
    inputs: Sequence[Sizes],
    copied: Sizes,
    rounds: Callable[[Code], Code],
) -> Code | None:
    """The channels of a join of these inputs and one more for each round of a loop.

    `rounds` sums a size over all rounds.
    """
    sums: list[Symbol] = []
    for count in (1, 2, 3):
        shapes = [tuple(map(symbol, one)) for one in (*inputs, *[copied] * count)]
        found = _shapes(op, node.attributes, shapes)
        sums.append(UNKNOWN if found is None else symbol(_code(found[0][-1])))
    step = (sums[1] - sums[0]).code()
    more = (sums[2] - sums[1]).code()
    if step is None or more is None or not _same(step, more):
        return None
    if symbol(step).number == 0:
        return sums[0].code()
    return _code(sums[0] - symbol(step) + symbol(rounds(step)))


def exported(code: Code | None, lets: dict[str, Code], known: Collection[str]) -> Code | None:
    """The form as callers can use it: over parameters and inputs alone."""
    if code is None:
        return None
    written = simplified(expanded(code, lets))
    return written if free_names(written) <= set(known) else None


def _code(size: Any) -> Code | None:
    code: Code | None = size.code() if isinstance(size, Symbol) else syntax.Number(size)
    return None if code is None or len(python(code)) > LONGEST else code


def _filled(nodes: Sequence[Node], inputs: Sequence[Sizes]) -> list[Shape]:
    """Input sizes with numbers for unknown spatial ones that all instances agree on."""
    found = []
    for k, sizes in enumerate(inputs):
        shape = []
        for position, code in enumerate(sizes):
            seen = {node.inputs[k].shape[position] for node in nodes}
            known = symbol(code)
            last = position + 1 == len(sizes)
            shape.append(known if known.known or last or len(seen) > 1 else number(seen.pop()))
        found.append(tuple(shape))
    return found


def _attributes(op: Op, node: Node, codes: dict[str, Code], missing: Collection[str]) -> Attributes:
    values = dict(node.attributes.items())
    for attribute in op.attributes:
        name = attribute.name
        if attribute.kind == "int" and name in missing:
            values[name] = UNKNOWN
        elif attribute.kind == "int" and name in codes:
            values[name] = symbol(codes[name])
        elif attribute.kind == "sizes" and isinstance(codes.get(name), syntax.ListOf):
            listed = codes[name]
            assert isinstance(listed, syntax.ListOf)
            values[name] = tuple(symbol(one) for one in listed.items)
    return Attributes(values)


def _shapes(op: Op, attributes: Attributes, shapes: Sequence[Shape]) -> Sequence[Shape] | None:
    # A rule may do anything that numbers can do; where symbols cannot, there is no closed form.
    try:
        return op.shape(attributes, list(shapes))
    except UNSUITED:
        return None


def merged(
    condition: Code, then: Code | None, otherwise: Code | None, lets: dict[str, Code]
) -> Code | None:
    """The size after a choice whose arms end in these sizes."""
    if then is None or otherwise is None:
        return None
    if _same(then, otherwise):
        return then if len(python(then)) <= len(python(otherwise)) else otherwise
    if _same_under(_equalities(condition, "==", "and"), then, otherwise, lets):
        return otherwise
    if _same_under(_equalities(condition, "!=", "or"), otherwise, then, lets):
        return then
    found = syntax.Conditional(condition, then, otherwise)
    return found if len(python(found)) <= 2 * LONGEST else None


def _same(left: Code, right: Code) -> bool:
    first = symbol(left).terms
    return first is not None and first == symbol(right).terms


def _same_under(
    equalities: Sequence[tuple[Code, Code]], one: Code, other: Code, lets: dict[str, Code]
) -> bool:
    """Whether `one` is what `other` becomes where these are equal."""
    wanted = expanded(one, lets)
    for left, right in equalities:
        for this, that in ((left, right), (right, left)):
            if _same(wanted, expanded(this, lets)) and _same(expanded(other, lets), that):
                return True
            if not isinstance(this, syntax.Name | syntax.Attribute):
                continue

            def replace(part: Code, this: Code = this, that: Code = that) -> Code | None:
                return that if part.same(this) else None

            if _same(wanted, rewrite(expanded(other, lets), replace)):
                return True
    return False


def _equalities(condition: Code, operator: str, joined: str) -> list[tuple[Code, Code]]:
    if isinstance(condition, syntax.Binary):
        if condition.operator == joined:
            left = _equalities(condition.left, operator, joined)
            return left + _equalities(condition.right, operator, joined)
        if condition.operator == operator:
            return [(condition.left, condition.right)]
    return []
