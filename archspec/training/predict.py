"""Answers of a trained network to files and arrays that have no targets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph
from archspec.lowering.backend import Model
from archspec.recipes import Recipe
from archspec.recipes.stored import choice
from archspec.training.probabilities import probabilities
from archspec.training.source import Unusable, data_module
from archspec.training.steps import cropping

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any


def samples(path: Path, graph: Graph) -> Iterator[tuple[str, Array]]:
    """The samples in one file with their names: an image, or the rows of an array (.npy).

    They are float32 and channels last, as they are before preprocessing. `Unusable` says what is
    wrong with the file.
    """
    import numpy as np

    if path.suffix == ".npy":
        found = _array(path)
        if found.ndim != len(graph.inputs[0].shape) + 1:
            raise Unusable(f"{path} has {found.ndim} axes; samples, then those of the input")
        rows = (one.astype(np.float32) for one in found)
        yield from ((f"{path}[{row}]", one) for row, one in enumerate(rows))
        return
    yield str(path), _image(path, graph.inputs[0].shape[-1])


def _array(path: Path) -> Array:
    import numpy as np

    try:
        # Mapped, so that no room is set aside for what a file only claims to hold.
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except OSError as problem:
        raise Unusable(f"{path} cannot be read: {problem.strerror or problem}") from None
    except (EOFError, ValueError):
        # NumPy takes any other file for pickled objects, and says how to load these.
        raise Unusable(f"{path} is no file of one array of numbers") from None
    if not isinstance(found, np.ndarray) or found.dtype.kind not in "biuf":
        raise Unusable(f"{path} is no file of one array of numbers")
    return found


def _image(path: Path, channels: int) -> Array:
    from archspec.training.pieces.errors import DataError
    from archspec.training.pieces.images import MODES, read_image

    if channels not in MODES:
        raise Unusable(f"{path}: an image has 1, 3 or 4 channels, the input has {channels}")
    try:
        return read_image(path, channels)
    except DataError as problem:
        raise Unusable(str(problem)) from None


def preparation(recipe: Recipe, graph: Graph) -> Callable[[str, Array], Array]:
    """What makes a sample, which has a name, as the network takes it: as outside of training."""
    source = choice("data", {"name": "arrays", "path": ""})
    outside = replace(recipe, data=source, augment=tuple(cropping(recipe)), accumulate=1)
    module = data_module(outside, graph)
    wanted = tuple(graph.inputs[0].shape)

    def prepared(name: str, sample: Array) -> Array:
        made: Array = module.prepare(sample)
        if outside.augment:
            made = module.crop(made)
        if made.shape != wanted:
            shown = " x ".join(map(str, made.shape))
            raise Unusable(f"{name} is {shown}, the input is {' x '.join(map(str, wanted))}")
        return made

    return prepared


def predict(
    graph: Graph, recipe: Recipe, model: Model, files: Sequence[Path]
) -> Iterator[tuple[str, Array]]:
    """The name of each sample, with the first output for it (probabilities of classes)."""
    import numpy as np

    if len(graph.inputs) > 1:
        raise Unusable(f"{graph.name} has several inputs; files give one")
    prepared = preparation(recipe, graph)
    found = (one for path in files for one in samples(path, graph))
    for batch in _batches(found, recipe.batch_size):
        ready = np.stack([prepared(name, sample) for name, sample in batch])
        outputs = model.run({graph.input_names[0]: ready}).outputs[graph.output_names[0]]
        answers = probabilities(graph, recipe.losses[0], outputs)
        yield from zip((name for name, _ in batch), answers, strict=True)


def _batches(found: Iterator[tuple[str, Array]], size: int) -> Iterator[list[tuple[str, Array]]]:
    batch: list[tuple[str, Array]] = []
    for one in found:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
