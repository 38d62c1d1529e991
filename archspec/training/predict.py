"""Answers of a trained network to files and arrays that have no targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph
from archspec.lowering.backend import Model
from archspec.recipes import Recipe
from archspec.recipes.record import Preprocess
from archspec.training.pieces.cropping import center_crop
from archspec.training.source import Unusable
from archspec.training.steps import cropping

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any

MODES = {1: "L", 3: "RGB", 4: "RGBA"}
"""What Pillow calls grey, colours, and colours with transparency."""


def samples(path: Path, graph: Graph) -> Iterator[tuple[str, Array]]:
    """The samples in one file with their names: an image, or the rows of an array (.npy).

    They are float32 and channels last, as they are before preprocessing. `Unusable` says what is
    wrong with the file.
    """
    import numpy as np

    if path.suffix == ".npy":
        try:
            found = np.load(path, allow_pickle=False).astype(np.float32)
        except (OSError, ValueError) as problem:
            raise Unusable(f"{path} cannot be read: {problem}") from None
        if found.ndim != len(graph.inputs[0].shape) + 1:
            raise Unusable(f"{path} has {found.ndim} axes; samples, then those of the input")
        yield from ((f"{path}[{row}]", one) for row, one in enumerate(found))
        return
    yield str(path), _image(path, graph.inputs[0].shape[-1])


def _image(path: Path, channels: int) -> Array:
    import numpy as np
    from PIL import Image

    if channels not in MODES:
        raise Unusable(f"{path}: an image has 1, 3 or 4 channels, the input has {channels}")
    try:
        with Image.open(path) as image:
            pixels = np.asarray(image.convert(MODES[channels]), np.float32)
    except Exception as problem:  # Decoders raise whatever a damaged file leads them to.
        raise Unusable(f"{path} cannot be read as an image: {problem}") from None
    return pixels.reshape(*pixels.shape[:2], channels)


def prepared(recipe: Recipe, graph: Graph, name: str, sample: Array) -> Array:
    """One sample as the network takes it."""
    for choice in recipe.preprocess:
        assert isinstance(choice.record, Preprocess)
        sample = choice.record.apply(choice.attributes, sample)
    for choice in cropping(recipe):
        sample = center_crop(sample, choice.attributes["height"], choice.attributes["width"])
    wanted = tuple(graph.inputs[0].shape)
    if sample.shape != wanted:
        shown = " x ".join(map(str, sample.shape))
        raise Unusable(f"{name} is {shown}, the input is {' x '.join(map(str, wanted))}")
    return sample


def predict(
    graph: Graph, recipe: Recipe, model: Model, files: Sequence[Path]
) -> Iterator[tuple[str, Array]]:
    """The name of each sample, with the first output for it (probabilities of classes)."""
    import numpy as np

    if len(graph.inputs) > 1:
        raise Unusable(f"{graph.name} has several inputs; files give one")
    found = (one for path in files for one in samples(path, graph))
    for batch in _batches(found, recipe.batch_size):
        ready = np.stack([prepared(recipe, graph, name, sample) for name, sample in batch])
        outputs = model.run({graph.input_names[0]: ready}).outputs[graph.output_names[0]]
        yield from zip((name for name, _ in batch), outputs, strict=True)


def _batches(found: Iterator[tuple[str, Array]], size: int) -> Iterator[list[tuple[str, Array]]]:
    batch: list[tuple[str, Array]] = []
    for one in found:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
