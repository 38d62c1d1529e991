"""Whether data fit the network."""

from __future__ import annotations

import numpy as np

from archspec.training.pieces.errors import DataError


def check_shape(shape: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    """Whether samples have the shape of the input."""
    if shape == wanted:
        return
    hint = ""
    if len(shape) == len(wanted) == 3 and shape[-1] == wanted[-1]:
        hint = f": add resize({wanted[0]}, {wanted[1]}) to `preprocess`"
    raise DataError(f"samples are {show(shape)}, the input is {show(wanted)}{hint}")


def show(shape: tuple[int, ...]) -> str:
    """A shape for people."""
    return " x ".join(map(str, shape)) or "single numbers"


def check_classes(classes: list[str], wanted: int) -> None:
    """Whether there are as many classes as the network tells apart."""
    if len(classes) != wanted:
        raise DataError(f"the data have {len(classes)} classes, the network has {wanted}")


def check_same(classes: list[str], others: list[str]) -> None:
    """Whether the validation data have the same classes."""
    if classes != others:
        odd = ", ".join(sorted(set(classes) ^ set(others)))
        raise DataError(f"training and validation data have different classes: {odd}")


def with_channels(samples: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Samples with as many axes as the input; grey images may come without channels."""
    if samples.ndim == len(shape) and shape[-1] == 1:
        samples = samples[..., None]
    if samples.ndim != len(shape) + 1:
        raise DataError(f"samples are {show(samples.shape[1:])}, the input is {show(shape)}")
    return samples


def class_numbers(labels: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers of classes, one for each sample and place; `shape` is that of the output."""
    *places, classes = shape
    if labels.shape[1:] == (*places, 1):
        labels = labels[..., 0]
    if labels.shape[1:] != tuple(places):
        wanted = show(tuple(places)) if places else "one number"
        if labels.shape[1:] == shape:
            wanted += ": distributions are for `categorical_crossentropy`"
        raise DataError(f"targets are {show(labels.shape[1:])}, the network needs {wanted}")
    if not len(labels):
        raise DataError("there are no samples")
    if labels.dtype.kind not in "biu":
        raise DataError(f"the targets are {labels.dtype}, not whole numbers of classes")
    if labels.min() < 0 or labels.max() >= classes:
        found = f"from {labels.min()} to {labels.max()}"
        raise DataError(f"classes are numbered {found}, the network has 0 to {classes - 1}")
    return labels.astype(np.int64)


def numbers(targets: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Targets with the shape of the output, as float32."""
    if targets.ndim == 1 and shape == (1,):
        targets = targets[:, None]
    if targets.shape[1:] != shape:
        raise DataError(f"targets are {show(targets.shape[1:])}, the output is {show(shape)}")
    return targets.astype(np.float32)


def bits(targets: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Targets of yes-or-no answers: 0 and 1 with the shape of the output, as float32."""
    targets = numbers(targets, shape)
    if not np.isin(targets, (0, 1)).all():
        low, high = targets.min(), targets.max()
        raise DataError(f"targets go from {low:g} to {high:g}; answers are 0 and 1")
    return targets
