"""What writing a network yields: the source, and where its values are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archspec.ir import Value
from archspec.lowering.backend import Generated


@dataclass(frozen=True, slots=True)
class Emitted:
    """`places` maps the path of a module to the values that its calls make, in order."""

    generated: Generated
    places: Mapping[str, tuple[Value, ...]]
