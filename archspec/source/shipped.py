"""Finds the specs that come with the package, by the name of a network in them."""

from __future__ import annotations

import re
from pathlib import Path

SUFFIX = ".arch"
NETWORK = re.compile(r"^[ \t]*network[ \t]+([^\W\d]\w*)", re.MULTILINE)


def root() -> Path:
    """The folder of shipped specs: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "specs"
    return installed if installed.is_dir() else package.parent / "specs"


def networks(file: Path) -> tuple[str, ...]:
    """The names of the networks that a file seems to define, found without parsing it."""
    return tuple(NETWORK.findall(file.read_text(encoding="utf-8")))


def files() -> list[Path]:
    """All shipped specs, those of official implementations in folders of their own."""
    return sorted(root().rglob(f"*{SUFFIX}"))


def names() -> list[str]:
    """What `find` knows: network names, below the folder of their file (`keras/ResNet50`)."""
    base = root()
    found = []
    for file in files():
        folder = file.parent.relative_to(base).as_posix()
        prefix = "" if folder == "." else f"{folder}/"
        found += [prefix + name for name in networks(file)]
    return found


def find(target: str) -> tuple[Path, str | None] | None:
    """The file of the network called `target`, and the network's name in it.

    The name of a file comes first, so that most lookups read nothing; the network's name is None
    where `target` is the name of a file only.

    >>> find("resnet50")[0].name
    'resnet.arch'
    """
    *folders, name = target.split("/")
    if not name.isidentifier() or not all(folder.isidentifier() for folder in folders):
        return None
    folder = root().joinpath(*folders)
    own = folder / f"{name}{SUFFIX}"
    if own.is_file():
        return own, name if name in networks(own) else None
    if folder.is_dir():
        specs = [one for one in folder.iterdir() if one.suffix == SUFFIX]
        # `resnet152` is most likely in `resnet.arch`.
        for file in sorted(specs, key=lambda one: (not name.startswith(one.stem), one.name)):
            # Most files do not have the word at all, which is quicker to see.
            if name in file.read_text(encoding="utf-8") and name in networks(file):
                return file, name
    return None
