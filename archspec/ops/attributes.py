"""The resolved attributes of one use of an op."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Attributes:
    """Attribute values by name: `attributes.stride` or `attributes["stride"]`, read only."""

    def __init__(self, values: dict[str, Any]) -> None:
        # As the object's own names, the values are read without a call; shape rules read many.
        object.__setattr__(self, "__dict__", values)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("attributes are read only")

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Attributes) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # the values may be lists

    def __repr__(self) -> str:
        return f"Attributes({self.__dict__!r})"

    def items(self) -> Iterator[tuple[str, Any]]:
        """Names with their values, in the order of the op's declaration."""
        return iter(self.__dict__.items())
