"""Results of a run in a file: read one tensor at a time, since all at once may not fit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.lowering.backend import Outcome

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

KINDS = ("outputs", "input_gradients", "weight_gradients", "statistics")
"""The parts of an `Outcome`, in the order in which they are compared."""


def write(path: Path, tensors: Mapping[tuple[str, str], Array]) -> None:
    """Write tensors under (kind, name)."""
    import numpy as np
    from safetensors.numpy import save_file

    ordered = {"/".join(key): np.asarray(one, order="C") for key, one in tensors.items()}
    save_file(ordered, path)


def parts(outcome: Outcome) -> dict[tuple[str, str], Array]:
    """The tensors of one run under (kind, name)."""
    return {(kind, name): one for kind in KINDS for name, one in getattr(outcome, kind).items()}


class Tensors:
    """The tensors in one file."""

    def __init__(self, path: Path) -> None:
        from safetensors import safe_open

        opened: Any = safe_open
        self._file = opened(path, framework="numpy")
        self._names: dict[str, set[str]] = {}
        keys = sorted(self._file.keys())
        for key in keys:
            kind, _, name = key.partition("/")
            self._names.setdefault(kind, set()).add(name)

    def names(self, kind: str) -> set[str]:
        """The names of all tensors of one kind."""
        return self._names.get(kind, set())

    def get(self, kind: str, name: str) -> Array | None:
        """The tensor, or None where the run made none."""
        if name not in self.names(kind):
            return None
        found: Array = self._file.get_tensor(f"{kind}/{name}")
        return found

    def all(self, kind: str, dtype: str | None = None) -> dict[str, Array]:
        """All tensors of one kind by name, as they are stored or of another type."""
        found = ((name, self._file.get_tensor(f"{kind}/{name}")) for name in self.names(kind))
        return {name: one.astype(dtype or one.dtype, copy=False) for name, one in found}
