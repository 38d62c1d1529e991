"""Files of weights as a framework writes them, and what a back end does with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from archspec.ir import Graph

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any


@dataclass(frozen=True, slots=True)
class NativeTensor:
    """One tensor of a file, in the framework's layout.

    `key` is its name in the file, `layer` that of the layer that owns it, `variable` its name
    there, or its number where the file has no names for them. `kind` tells layers apart whose
    variables look alike (`NativeWeight.kind`), `part_of` names the op that is one layer in the
    file and several in a graph. `load` reads the values.
    """

    key: str
    layer: str
    variable: str
    shape: tuple[int, ...]
    load: Callable[[], Array]
    kind: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class NativeFile:
    """What a file holds.

    `ordered` says that the tensors stand in the order in which their network was made, at least
    among layers of one kind; then they can be matched by it. `left_out` counts, by the reason,
    the tensors that no value of a network depends on.
    """

    tensors: Sequence[NativeTensor]
    ordered: bool
    left_out: Mapping[str, int]


class NotFound(ValueError):
    """There is no file where a library keeps its own; the text says where it was looked for."""


class NativeFiles(Protocol):
    """Files of one framework. Importing this imports no framework; reading and writing may.

    `reads` and `writes` are the suffixes of file names, `libraries` those whose pretrained files
    `find` knows how to find on this machine. Whatever is wrong with a file is a `ValueError` in
    words; `ImportError` says which package reading or writing needs.
    """

    reads: Sequence[str]
    writes: Sequence[str]
    libraries: Sequence[str]

    def find(self, library: str, model: str) -> Path:
        """The pretrained file of a library's model on this machine; `NotFound` without one."""
        ...

    def read(self, path: Path) -> NativeFile:
        """What a file holds; nothing in it is executed."""
        ...

    def arrange(self, tensors: Mapping[str, Array]) -> NativeFile:
        """The same for tensors in memory by their native key, in the order of the model."""
        ...

    def write(self, path: Path, graph: Graph, weights: Mapping[str, Array]) -> None:
        """Write canonical weights in the framework's own form, for the generated code."""
        ...
