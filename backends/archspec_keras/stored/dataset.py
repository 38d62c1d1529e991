"""Reads parts of an HDF5 file that lie in that file: a link out of it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import h5py

    from archspec.lowering.backend import Array

MOST_PACKED = 100
"""How much smaller than its contents a file may be; Keras does not pack weights at all."""


def children(group: h5py.Group) -> Iterator[tuple[str, Any]]:
    """Groups and datasets in a group by their names."""
    for name in group:
        yield name, _own(group, name)


def once(group: h5py.Group, met: set[int]) -> None:
    """Refuse a group that was met before: by such links few bytes can make endlessly many paths."""
    import h5py

    address = int(h5py.h5o.get_info(group.id).addr)
    if address in met:
        raise KeyError(f"{group.name!r} stands at two places")
    met.add(address)


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


def values(dataset: h5py.Dataset) -> Array:
    """The values of a dataset."""
    if dataset.external or dataset.is_virtual:
        raise KeyError(f"{dataset.name!r} lies outside of the file")
    if dataset.nbytes > MOST_PACKED * dataset.file.id.get_filesize():
        raise KeyError(f"{dataset.name!r} unpacks to more than weights can")
    found: Array = dataset[()]
    return found
