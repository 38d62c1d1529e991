"""state_dict: the tensors in a file of `torch.save`, read without executing anything in it."""

from __future__ import annotations

import pickletools
import struct
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from archspec.lowering.backend import Array
from archspec.source import limits

if TYPE_CHECKING:
    from torch import Tensor

WRAPPERS = ("state_dict", "model", "model_state_dict", "model_state")
"""Under which of its keys a training script may have put the state dict."""

DESCRIPTION = "data.pkl"
PICKLES = 4
"""In a file that is no archive: a mark, a version, the machine, and the list of tensors."""
MOST_DESCRIBED = 5_000_000
"""Bytes of the list of tensors: 25,000 layers need as many, and each takes time to read."""
MOST_SHARED = 8
"""Times the size of the file that all tensors may have together, since some share their numbers."""

BROKEN = (
    *(RuntimeError, EOFError, LookupError, AttributeError, TypeError, ValueError, ArithmeticError),
    *(AssertionError, MemoryError, struct.error, zipfile.BadZipFile),
)
"""What the readers of damaged files raise."""


def arrays(path: Path) -> dict[str, Array]:
    """The tensors by name, in the file's order; `ValueError` in words where there are none."""
    found = _state_dict(path)
    room = MOST_SHARED * path.stat().st_size
    for key, tensor in found.items():
        _check(path, key, tensor)
        room -= tensor.nbytes
        if room < 0:
            raise ValueError(f"{path} is refused: its tensors are many times larger than itself")
    return {key: _array(path, key, tensor) for key, tensor in found.items()}


def _state_dict(path: Path) -> Mapping[str, Tensor]:
    import pickle

    try:
        _check_archive(path)
        found = _load(path)
    except pickle.UnpicklingError as error:
        reason = "it holds more than tensors, which could execute code"
        raise ValueError(f"{path} is refused: {reason} ({_first(error)})") from None
    except BROKEN as error:
        raise ValueError(f"{path} is no complete PyTorch file: {_first(error)}") from None
    for wrapper in WRAPPERS:
        if isinstance(found, dict) and isinstance(found.get(wrapper), dict):
            found = found[wrapper]
    if not isinstance(found, dict) or not found or not all(map(_named_tensor, found.items())):
        raise ValueError(f"{path} holds no state dict but {_shown(found)}")
    return found


def _check_archive(path: Path) -> None:
    """Refuse archives that PyTorch does not write and would read wrongly, or without end."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            for _ in range(PICKLES):
                if stream.tell() < path.stat().st_size:
                    _check_texts(stream)
        return
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _check_parts(path, parts)
        for one in parts:
            if one.filename.endswith(DESCRIPTION):
                _check_texts(BytesIO(archive.read(one)))


def _check_parts(path: Path, parts: Sequence[zipfile.ZipInfo]) -> None:
    # Packed numbers would be mapped as they are, and come out as others.
    if any(one.compress_type or one.file_size != one.compress_size for one in parts):
        raise ValueError("its parts are packed, which PyTorch's are not")
    if sum(one.file_size for one in parts) > path.stat().st_size:
        raise ValueError("its parts are larger than the file")
    described = sum(one.file_size for one in parts if one.filename.endswith(DESCRIPTION))
    if described > MOST_DESCRIBED:
        raise ValueError(f"its list of tensors has {described:,} bytes")


def _check_texts(stream: IO[bytes]) -> None:
    """Refuse long texts in a list of tensors.

    PyTorch searches its own complaints about them, in a time that is the square of their length.
    """
    for _, argument, place in pickletools.genops(stream):
        if isinstance(argument, str | bytes) and len(argument) > limits.STRING_LENGTH:
            raise ValueError(f"it holds a name of {len(argument):,} characters")
        if place is not None and place > MOST_DESCRIBED:
            raise ValueError(f"its list of tensors has more than {MOST_DESCRIBED:,} bytes")


def _load(path: Path) -> Any:
    import torch

    with warnings.catch_warnings():
        # An odd file makes PyTorch ask for a report to its authors; what comes out is checked here.
        warnings.simplefilter("ignore", UserWarning)
        try:
            return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        except RuntimeError as error:
            if "mmap can only be used" not in str(error):
                raise
            # Files from before PyTorch 1.6 are no zip archives and cannot be mapped.
            return torch.load(path, map_location="cpu", weights_only=True)


def _first(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0].rstrip(".")


def _named_tensor(item: tuple[object, object]) -> bool:
    from torch import Tensor

    return isinstance(item[0], str) and isinstance(item[1], Tensor)


def _shown(found: object) -> str:
    if isinstance(found, dict):
        odd = next((key for key, one in found.items() if not _named_tensor((key, one))), None)
        return "an empty dict" if odd is None else f"a dict with {str(odd)[:100]!r}"
    return f"a {type(found).__name__}"


def _check(path: Path, key: str, tensor: Tensor) -> None:
    """Refuse tensors whose numbers do not stand in the file, each at a place of its own."""
    import torch

    shown = f"{path} is refused: tensor {key[:100]!r}"
    if tensor.layout is not torch.strided or tensor.is_quantized or tensor.device.type != "cpu":
        kind = "quantised" if tensor.is_quantized else tensor.layout
        raise ValueError(f"{shown} is {kind} on {tensor.device}, and no plain list of numbers")
    if tensor.is_complex():
        raise ValueError(f"{shown} has complex numbers, which no layer has")
    if tensor.nbytes > tensor.untyped_storage().nbytes():
        raise ValueError(f"{shown} says it has more numbers than stand in the file")


def _array(path: Path, key: str, tensor: Tensor) -> Array:
    import torch

    # NumPy has no bfloat16; float32 holds all of its values.
    found = tensor.float() if tensor.dtype is torch.bfloat16 else tensor
    try:
        array: Array = found.detach().resolve_neg().contiguous().numpy()
    except (RuntimeError, TypeError) as error:
        message = f"{path} is refused: tensor {key[:100]!r} is {tensor.dtype}"
        raise ValueError(f"{message}, which NumPy lacks ({_first(error)})") from None
    return array
