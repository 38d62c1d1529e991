"""Calls as Python source."""

from __future__ import annotations


def call(function: str, *positional: str, **named: object) -> str:
    """A call on one line; positional arguments are source, named ones values; None is left out.

    >>> call("keras.optimizers.SGD", "0.1", momentum=0.9, nesterov=None)
    'keras.optimizers.SGD(0.1, momentum=0.9)'
    """
    arguments = [*positional]
    arguments += [f"{name}={source(value)}" for name, value in named.items() if value is not None]
    return f"{function}({', '.join(arguments)})"


def source(value: object) -> str:
    """A value as Python source, with the quotes that formatters want.

    >>> source("a"), source(1e-4), source((1, 2))
    ('"a"', '1e-4', '(1, 2)')
    """
    if isinstance(value, Source):
        return value
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, float):
        return repr(value).replace("e-0", "e-").replace("e+0", "e+").replace("e+", "e")
    if isinstance(value, (tuple, list)):
        inner = ", ".join(source(one) for one in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


class Source(str):
    """A text that is source already."""

    __slots__ = ()
