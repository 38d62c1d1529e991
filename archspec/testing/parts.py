"""Parts: an outcome as comparisons read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archspec.lowering.backend import Outcome

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any


@dataclass
class Parts:
    """The tensors of one run by kind and name."""

    outcome: Outcome

    def names(self, kind: str) -> Iterable[str]:
        """The names of all tensors of that kind."""
        return self.all(kind)

    def all(self, kind: str) -> dict[str, Array]:
        """All tensors of that kind by name."""
        found: dict[str, Array] = getattr(self.outcome, kind)
        return found

    def get(self, kind: str, name: str) -> Array | None:
        """One tensor, or None where the run made none."""
        return self.all(kind).get(name)
