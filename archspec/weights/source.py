"""Where weights come from: a library's own pretrained file, or a file that is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archspec.diagnostics import Report
from archspec.diagnostics.suggest import did_you_mean
from archspec.ir import Graph
from archspec.lowering.backend import Backend, NativeWeight
from archspec.lowering.discovery import backends
from archspec.lowering.native_file import NativeFile, NativeFiles, NativeTensor, NotFound
from archspec.source import NOWHERE
from archspec.weights.draw import Array
from archspec.weights.layers import split_key
from archspec.weights.safetensors import views

OWN = ".safetensors"
CANONICAL = "canonical"


def locate(source: str, report: Report) -> Path | None:
    """The file that `source` names: a path, or `LIBRARY:MODEL`."""
    path = Path(source)
    library, colon, model = source.partition(":")
    if path.is_file():
        return path
    if not colon or "/" in library or path.exists():
        what = "is a folder" if path.is_dir() else "does not exist"
        report.add("file-not-found", NOWHERE, f"{source} {what}")
        return None
    known = libraries()
    if library not in known:
        report.add(
            "unknown-name",
            NOWHERE,
            f"no library of pretrained networks is called `{library}`",
            help=did_you_mean(library, known),
        )
        return None
    try:
        return known[library].find(library, model)
    except NotFound as problem:
        help = "nothing is downloaded; let the library download it once, or name a file instead"
        report.add("file-not-found", NOWHERE, str(problem), help=help)
        return None


def libraries() -> dict[str, NativeFiles]:
    """Libraries whose pretrained files a back end can find."""
    found = {}
    for backend in backends().values():
        if backend.files is not None:
            found.update(dict.fromkeys(backend.files.libraries, backend.files))
    return found


def reader(path: Path) -> Backend:
    """The back end that reads files with that ending; `ValueError` without one."""
    endings: list[str] = []
    for backend in backends().values():
        if backend.files is not None:
            if path.name.endswith(tuple(backend.files.reads)):
                return backend
            endings += backend.files.reads
    raise ValueError(f"{path} has none of the known endings: {', '.join(dict.fromkeys(endings))}")


def canonical_map(graph: Graph) -> dict[str, NativeWeight]:
    """The map of our own files: every weight under its own name."""
    return {name: NativeWeight(name) for name in graph.weights}


def canonical_file(tensors: Mapping[str, Array]) -> NativeFile:
    """Tensors under names of ours, which only names can match."""
    return NativeFile([_tensor(name, array) for name, array in tensors.items()], False, {})


def _tensor(name: str, array: Array) -> NativeTensor:
    return NativeTensor(name, *split_key(name), tuple(array.shape), lambda: array)


def is_canonical(graph: Graph, tensors: Mapping[str, Array]) -> bool:
    """Whether the names are ours: all of them end as ours do, or half of them are ours."""
    known = tensors.keys() & graph.weights.keys()
    roles = {weight.role for weight in graph.weights.values()}
    ours = all(split_key(name)[1] in roles for name in tensors)
    return ours or 2 * len(known) >= len(tensors)


def tensors(path: Path) -> dict[str, tuple[int, ...]]:
    """Names and shapes in any file that can be read; `ValueError` in words where it cannot."""
    if path.suffix == OWN:
        return {name: tuple(array.shape) for name, array in sorted(views(path).items())}
    files = reader(path).files
    assert files is not None
    return {one.key: one.shape for one in files.read(path).tensors}
