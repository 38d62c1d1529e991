"""Identifiers of generated code: valid, free, and the same on every run."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable

_PYTHON = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins)})


def class_name(name: str) -> str:
    """The name of a class for a definition of this name.

    >>> class_name("conv_bn"), class_name("bottleneck_2"), class_name("lenet5_32")
    ('ConvBn', 'Bottleneck2', 'Lenet5_32')
    """
    parts = [part[:1].upper() + part[1:] for part in re.split(r"(?<!\d)_|_(?!\d)", name)]
    found = "".join(parts)
    return found if found.isidentifier() else f"Network{found}"


class Names:
    """The names of one scope of code; each name asked for is given out once.

    >>> names = Names({"x"})
    >>> names.take("filters"), names.take("x"), names.take("x"), names.take("class")
    ('filters', 'x_2', 'x_3', 'class_')
    """

    def __init__(self, reserved: Iterable[str] = (), outer: Names | None = None) -> None:
        self._taken = set(reserved)
        self._outer = outer

    def taken(self, name: str) -> bool:
        """Whether this scope, one around it, or Python itself uses the name."""
        if name in _PYTHON or name in self._taken:
            return True
        return self._outer is not None and self._outer.taken(name)

    def take(self, wanted: str) -> str:
        """A free name as near to the wanted one as possible, taken from now on."""
        base = wanted if wanted.isidentifier() else f"_{wanted}"
        if base in _PYTHON and not self.taken(f"{base}_"):
            base = f"{base}_"
        name, number = base, 2
        while self.taken(name):
            name = f"{base}_{number}"
            number += 1
        self._taken.add(name)
        return name
