"""What writing a network yields: the source, and where its values are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archspec.ir import Value
from archspec.lowering.backend import Generated


@dataclass(frozen=True, slots=True)
class Made:
    """A value, and the order of its features where that is not the canonical one."""

    value: Value
    rows: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Emitted:
    """The generated code, and `places`: for the path of a module what its calls make, in order."""

    generated: Generated
    places: Mapping[str, tuple[Made, ...]]
