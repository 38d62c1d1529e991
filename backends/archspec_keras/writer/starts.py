"""Initialisers that a module spells out several times, each in a function of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archspec_keras.initial import normal
from archspec_keras.writer.lines import Line
from archspec_keras.writer.names import Names

_SOURCES = {
    "he_normal": "He et al. (2015); `initializers.he_normal` is truncated, this is not.",
    "he_out_normal": "He et al. (2015), by the fan out: gradients keep their size.",
    "glorot_normal": (
        "Glorot and Bengio (2010); `initializers.glorot_normal` is truncated, this is not."
    ),
    "lecun_normal": "LeCun et al. (1998); `initializers.lecun_normal` is truncated, this is not.",
}
"""The paper of each distribution that Keras has in a truncated form only, or without a name."""


def starts(lines: Iterable[Line], module: Names) -> dict[str, str]:
    """The names of functions for what stands in the lines at least twice, by its code."""
    whole = "\n".join(line.code for line in lines)
    codes = {normal(name.removesuffix("_normal")): name for name in _SOURCES}
    return {code: module.fresh(name) for code, name in codes.items() if whole.count(code) > 1}


def with_starts(lines: Iterable[Line], found: Mapping[str, str]) -> None:
    """Calls the functions in the lines."""
    for line in lines:
        for code, name in found.items():
            line.code = line.code.replace(code, f"{name}()")


def functions(found: Mapping[str, str]) -> list[str]:
    """The functions, which make a new initialiser at each call.

    Keras draws the same numbers again from one initialiser object.
    """
    return [_function(code, name) for code, name in found.items()]


def _function(code: str, name: str) -> str:
    word = next(one for one in _SOURCES if normal(one.removesuffix("_normal")) == code)
    return (
        f'def {name}() -> initializers.Initializer:\n    """{_SOURCES[word]}"""\n    return {code}'
    )
