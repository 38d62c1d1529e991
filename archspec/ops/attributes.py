"""The resolved attributes of one use of an op."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Attributes:
    """Attribute values by name: `attributes.stride` or `attributes["stride"]`, read only."""

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, Any]) -> None:
        object.__setattr__(self, "_values", values)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(f"no attribute {name!r}") from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("attributes are read only")

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Attributes) and self._values == other._values

    __hash__ = None  # type: ignore[assignment]  # the values may be lists

    def __repr__(self) -> str:
        return f"Attributes({self._values!r})"

    def items(self) -> Iterator[tuple[str, Any]]:
        """Names with their values, in the order of the op's declaration."""
        return iter(self._values.items())
