"""Python names for the names of a spec: legal, unreserved, and each used once."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterable

from archspec_keras.support import CLASSES

RESERVED = frozenset(
    {
        *keyword.kwlist,
        *("keras", "layers", "ops", "initializers", "KerasTensor", "partial", "math", "y"),
        *(
            "Any",
            "Callable",
            "Sequence",
            "name",
            "x",
            "inputs",
            "outputs",
            "training_outputs",
            "heads",
        ),
        *CLASSES,
        *dir(builtins),
    }
)


class Names:
    """The names in use in one function (or, without `outside`, in the module).

    `functions` are the names inside the spec's own functions.
    """

    def __init__(self, outside: Names | None = None) -> None:
        self._outside = outside
        self.functions: dict[str, Names] = {} if outside is None else outside.functions
        self._python: dict[str, str] = {}
        self._taken: set[str] = set()

    def declare(self, names: Iterable[str]) -> None:
        """Give every name of the spec its Python name, the legal ones first."""
        for name in sorted(set(names), key=lambda name: (name in RESERVED, name)):
            self._python[name] = self._free(f"{name}_" if name in RESERVED else name, "_")

    def python(self, name: str) -> str:
        """The Python name of a declared name."""
        if name in self._python:
            return self._python[name]
        return self._outside.python(name) if self._outside is not None else name

    def keyword(self, function: str, parameter: str) -> str:
        """What a function of the spec calls its parameter."""
        return self.functions[function].python(parameter)

    def fresh(self, wanted: str) -> str:
        """A name for a new variable: as wanted, or with `_2`, `_3` behind it."""
        start = f"{wanted}_" if wanted in RESERVED else wanted
        if not self.in_use(start):
            self._taken.add(start)
            return start
        number = 2
        while self.in_use(f"{start}_{number}"):
            number += 1
        self._taken.add(f"{start}_{number}")
        return f"{start}_{number}"

    def release(self, name: str) -> None:
        """The variable of that name is not read any more."""
        self._taken.discard(name)

    def _free(self, name: str, more: str) -> str:
        while self.in_use(name):
            name += more
        self._taken.add(name)
        return name

    def alias(self, name: str, python: str) -> None:
        """Write `name` as `python`, which others may be called too at other places."""
        self._python[name] = python
        self._taken.add(python)

    def in_use(self, name: str) -> bool:
        """Whether the name has a meaning here, in the module, or in Python."""
        if name in self._taken or name in RESERVED:
            return True
        return self._outside is not None and name in self._outside._taken
