"""Recipes made by hand, data to go with them, and generated code that is run."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

import archspec
from archspec.ir import Graph
from archspec.ops.attribute import REQUIRED
from archspec.ops.attributes import Attributes
from archspec.recipes import Choice, Recipe
from archspec.recipes.registry import find
from archspec.source import NOWHERE
from archspec.training.source import Unusable, load


def choice(kind: str, name: str, **given: Any) -> Choice:
    """A part with its attributes, the defaults filled in."""
    part = find(kind, name)
    assert part is not None
    known = {one.name: given.get(one.name, one.default) for one in part.attributes}
    assert set(given) <= set(known)
    assert REQUIRED not in known.values()
    return Choice(part, Attributes(known), NOWHERE)


def recipe(loss: str = "categorical_crossentropy", **given: Any) -> Recipe:
    """A recipe with the settings that are of interest."""
    plain: dict[str, Any] = {
        "network": "net",
        "losses": (choice("losses", loss),),
        "optimizer": choice("optimizers", "sgd", learning_rate=0.1),
        "schedule": choice("schedules", "constant"),
        "epochs": 2,
        "batch_size": 32,
    }
    return Recipe(**{**plain, **given})


def graph(text: str, folder: Any) -> Graph:
    """The network of a text."""
    path = folder / "model.arch"
    path.write_text(text)
    compilation = archspec.load(path)
    found = compilation.graph()
    assert found is not None, [one.message for one in compilation.diagnostics]
    return found


def module(text: str) -> ModuleType:
    """The code, run."""
    made = ModuleType("data")
    exec(compile(text, "data.py", "exec"), made.__dict__)
    return made


def image(path: Path, size: tuple[int, int] = (8, 8)) -> None:
    """Write an image of one colour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (1, 2, 3)).save(path)


def two_classes(root: Path, size: tuple[int, int] = (8, 8)) -> None:
    """Write three images of cats and three of dogs."""
    for kind in ("cat", "dog"):
        for number in range(3):
            image(root / kind / f"{number}.png", size)


def array_header(*shape: int, descr: str = "<f8") -> bytes:
    """The beginning of a file of NumPy that claims that shape."""
    file = BytesIO()
    claimed = {"descr": descr, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, claimed)
    return file.getvalue()


def told(source: str, text: str, path: Path, folder: Path, **given: Any) -> str:
    """What is said about the data."""
    made = recipe(data=choice("data", source, path=str(path)), **given)
    return problem(made, text, folder)


def problem(made: Any, text: str, folder: Path) -> str:
    """Why the data of a recipe cannot be used, in one line."""
    with pytest.raises(Unusable) as caught:
        load(made, graph(text, folder))
    assert "\n" not in str(caught.value)
    return str(caught.value)
