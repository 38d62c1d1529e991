"""The features behind a flatten as people write them: `channels * 7 * 7`."""

from __future__ import annotations

from math import prod

from archspec.ir import Node
from archspec.lowering.plan import Apply, Code
from archspec.syntax import Binary, Number


def flat_sizes(element: Apply) -> tuple[int, ...]:
    """The spatial sizes that a flatten takes, where all instances agree on them."""
    nodes = [one for one in element.instances if isinstance(one, Node)]
    found = {tuple(node.inputs[0].shape[:-1]) for node in nodes}
    return found.pop() if len(found) == 1 else ()


def spread(code: Code, sizes: tuple[int, ...]) -> Code:
    """A number of features as a product with the spatial sizes, where it holds their product."""
    found = _divided(code, prod(sizes)) if prod(sizes) > 1 else None
    if found is None:
        return code
    for size in sizes:
        found = Binary("*", found, Number(size))
    return found


def _divided(code: Code, places: int) -> Code | None:
    if isinstance(code, Number) and code.value % places == 0:
        return Number(int(code.value) // places)
    if not isinstance(code, Binary) or code.operator != "*" or not isinstance(code.left, Number):
        return None
    factor, rest = divmod(int(code.left.value), places)
    if rest:
        return None
    return code.right if factor == 1 else Binary("*", Number(factor), code.right)
