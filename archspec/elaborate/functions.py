"""The functions of the language: `range`, `enumerate`, `min`, and so on."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from archspec.elaborate.operators import Wrong, bounded, is_number
from archspec.elaborate.values import describe
from archspec.source import limits


def _number(value: Any, name: str) -> Any:
    if not is_number(value):
        raise Wrong("wrong-type", f"`{name}` needs a number, not {describe(value)}")
    return value


def _whole(value: Any, name: str) -> int:
    if type(value) is not int:
        raise Wrong("wrong-type", f"`{name}` needs whole numbers, not {describe(value)}")
    return value


def _list(value: Any, name: str) -> tuple[Any, ...]:
    if type(value) is not tuple:
        raise Wrong("wrong-type", f"`{name}` needs a list, not {describe(value)}")
    return value


def _numbers(values: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    items = _list(values[0], name) if len(values) == 1 else values
    if not items:
        raise Wrong("evaluation-error", f"`{name}` of an empty list has no value")
    return tuple(_number(item, name) for item in items)


def _range(*values: Any) -> Any:
    bounds = [_whole(value, "range") for value in values]
    if len(bounds) == 3 and bounds[2] == 0:
        raise Wrong("evaluation-error", "`range` cannot go in steps of 0")
    # The length of a range beyond the machine's word size cannot be asked for.
    if any(abs(bound) > 2**62 for bound in bounds) or len(range(*bounds)) > limits.LIST_ITEMS:
        raise Wrong("limit-exceeded", f"a list has at most {limits.LIST_ITEMS:_} items")
    return tuple(range(*bounds))


def _enumerate(values: Any) -> Any:
    return tuple(enumerate(_list(values, "enumerate")))


def _zip(*values: Any) -> Any:
    lists = [_list(value, "zip") for value in values]
    if len({len(one) for one in lists}) > 1:
        lengths = " and ".join(str(len(one)) for one in lists)
        raise Wrong("evaluation-error", f"`zip` needs lists of one length, not of {lengths}")
    return tuple(zip(*lists, strict=True))


def _reversed(values: Any) -> Any:
    return _list(values, "reversed")[::-1]


def _len(values: Any) -> Any:
    return len(_list(values, "len"))


def _sum(values: Any) -> Any:
    return bounded(sum(_number(item, "sum") for item in _list(values, "sum")))


def _min(*values: Any) -> Any:
    return min(_numbers(values, "min"))


def _max(*values: Any) -> Any:
    return max(_numbers(values, "max"))


def _int(value: Any) -> Any:
    return bounded(int(_number(value, "int")))


def _round(value: Any) -> Any:
    return bounded(round(_number(value, "round")))


def _floor(value: Any) -> Any:
    return bounded(math.floor(_number(value, "floor")))


def _ceil(value: Any) -> Any:
    return bounded(math.ceil(_number(value, "ceil")))


def _abs(value: Any) -> Any:
    return abs(_number(value, "abs"))


FUNCTIONS: dict[str, tuple[Callable[..., Any], int, int | None]] = {
    "range": (_range, 1, 3),
    "enumerate": (_enumerate, 1, 1),
    "zip": (_zip, 2, None),
    "reversed": (_reversed, 1, 1),
    "len": (_len, 1, 1),
    "sum": (_sum, 1, 1),
    "min": (_min, 1, None),
    "max": (_max, 1, None),
    "int": (_int, 1, 1),
    "round": (_round, 1, 1),
    "floor": (_floor, 1, 1),
    "ceil": (_ceil, 1, 1),
    "abs": (_abs, 1, 1),
}
"""Each function with the least and most number of arguments, None for any number."""
