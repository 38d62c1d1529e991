"""check_defaults: what `default` lines say, whether or not the network has such a layer."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from archspec import syntax
from archspec.elaborate.argument_value import Written, argument_value
from archspec.elaborate.module import Module
from archspec.elaborate.op_arguments import file_defaults
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused
from archspec.ops.attribute import Attribute
from archspec.ops.initializer import OutOfRange
from archspec.ops.registry import find

RANKS = (0, 1, 2, 3)


def check_defaults(module: Module) -> None:
    """Report every default of the file that no layer could have."""
    for name in module.defaults:
        op = find(name)
        if op is None or op.expansion is not None:
            continue
        names = [attribute.name for attribute in op.attributes]
        with suppress(Refused):
            given = file_defaults(op, names, module.frame)
            for attribute in op.attributes:
                if attribute.name in given:
                    _check(attribute, given[attribute.name][0], op.ranks or RANKS, module)


def _check(
    attribute: Attribute, argument: syntax.Argument, ranks: tuple[int, ...], module: Module
) -> None:
    """Report the value if it is wrong whatever the number of axes."""
    frame = module.frame
    with suppress(Refused):
        value = argument_value(Written(attribute, argument, 0), (frame,))
        problems = [_problem(attribute, value, rank) for rank in ranks]
        if all(problems):
            problem = problems[0]
            code = "out-of-range" if isinstance(problem, OutOfRange) else "wrong-type"
            message, help = (
                f"`{attribute.name}` {problem}",
                f"it is the {attribute.doc.removeprefix('the ')}",
            )
            refuse(frame, code, argument.value.span, message, help=help)


def _problem(attribute: Attribute, value: Any, rank: int) -> ValueError | None:
    try:
        attribute.store(value, rank)
    except ValueError as problem:
        return problem
    return None
