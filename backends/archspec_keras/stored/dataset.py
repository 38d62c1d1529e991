"""Reads parts of an HDF5 file that lie in that file: a link out of it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import h5py

    from archspec.lowering.backend import Array


def children(group: h5py.Group) -> Iterator[tuple[str, Any]]:
    """Groups and datasets in a group by their names."""
    for name in group:
        yield name, _own(group, name)


def find(group: h5py.Group, path: str) -> Any:
    """The group or dataset at a path."""
    found: Any = group
    for part in path.split("/"):
        found = _own(found, part)
    return found


def _own(group: h5py.Group, name: str) -> Any:
    import h5py

    if not isinstance(group.get(name, getlink=True), h5py.HardLink):
        raise KeyError(f"{name!r} is missing or lies outside of the file")
    return group[name]


def loader(dataset: h5py.Dataset) -> Callable[[], Array]:
    """Reads the values when they are wanted, which keeps the file open until then."""
    if dataset.external or dataset.is_virtual:
        raise KeyError(f"{dataset.name!r} lies outside of the file")
    file = dataset.file

    def load() -> Array:
        # Without the file object HDF5 would close what is in it.
        assert file
        found: Array = dataset[()]
        return found

    return load
