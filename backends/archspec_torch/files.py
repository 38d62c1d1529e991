"""State dicts in files: what `torch.save` and safetensors write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph
from archspec.lowering.backend import Array
from archspec.lowering.native import to_native
from archspec.lowering.native_file import NativeFile, NativeTensor
from archspec_torch.official.order import official_order

if TYPE_CHECKING:
    from torch import Tensor

COUNTER = "num_batches_tracked"
WRAPPERS = ("state_dict", "model", "model_state_dict", "model_state")
"""Under which of its keys a training script may have put the state dict."""


class Files:
    """State dicts. Order is the order of registration, which safetensors does not keep."""

    reads: Sequence[str] = (".pth", ".pt", ".safetensors")
    writes: Sequence[str] = (".pth", ".pt", ".safetensors")
    libraries: Sequence[str] = ("torchvision", "timm")

    def find(self, library: str, model: str) -> Path:
        """The pretrained file in the cache of torch.hub or of Hugging Face."""
        from archspec_torch.official.caches import find

        return find(library, model)

    def read(self, path: Path) -> NativeFile:
        """The tensors of a state dict."""
        if path.suffix == ".safetensors":
            from archspec.weights.safetensors import views

            return _arranged(views(path), ordered=False)
        return _arranged({key: _array(one) for key, one in _state_dict(path).items()}, True)

    def arrange(self, tensors: Mapping[str, Array]) -> NativeFile:
        """The tensors of a state dict as arrays."""
        return _arranged(tensors, ordered=True)

    def write(self, path: Path, graph: Graph, weights: Mapping[str, Array]) -> None:
        """A state dict for the generated class; counters of batches start at 0 by themselves."""
        from archspec_torch.backend import Backend

        native = Backend().generate(graph).weights
        arrays = {one.key: to_native(weights[name], one) for name, one in native.items()}
        if path.suffix == ".safetensors":
            from archspec.weights import store

            store(path, arrays)
            return
        import torch

        torch.save({key: torch.tensor(one) for key, one in arrays.items()}, path)


def _arranged(tensors: Mapping[str, Array], ordered: bool) -> NativeFile:
    kept = {key: one for key, one in tensors.items() if not key.endswith(COUNTER)}
    layers = list(dict.fromkeys(key.rpartition(".")[0] for key in kept))
    known = official_order(layers)
    if known is not None:
        place = {layer: i for i, layer in enumerate(known)}
        kept = dict(sorted(kept.items(), key=lambda one: place[one[0].rpartition(".")[0]]))
    dropped = len(tensors) - len(kept)
    left_out = {f"{COUNTER} (batch normalisation counts, and uses no count)": dropped}
    found = [_tensor(key, one) for key, one in kept.items()]
    return NativeFile(found, ordered or known is not None, left_out if dropped else {})


def _tensor(key: str, array: Array) -> NativeTensor:
    layer, _, variable = key.rpartition(".")
    return NativeTensor(key, layer, variable, tuple(array.shape), lambda: array)


def _state_dict(path: Path) -> dict[str, Tensor]:
    """The state dict in a file, read without executing anything in it."""
    import pickle

    try:
        found = _load(path)
    except pickle.UnpicklingError as error:
        reason = "it holds more than tensors, which could execute code"
        raise ValueError(f"{path} is refused: {reason} ({_first(error)})") from None
    except (RuntimeError, EOFError, KeyError, AttributeError, TypeError, IndexError) as error:
        raise ValueError(f"{path} is no complete PyTorch file: {_first(error)}") from None
    for wrapper in WRAPPERS:
        if isinstance(found, dict) and isinstance(found.get(wrapper), dict):
            found = found[wrapper]
    if not isinstance(found, dict) or not found or not all(map(_named_tensor, found.items())):
        raise ValueError(f"{path} holds no state dict but {_shown(found)}")
    return found


def _load(path: Path) -> Any:
    import torch

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
        return "an empty dict" if odd is None else f"a dict with {odd!r}"
    return f"a {type(found).__name__}"


def _array(tensor: Tensor) -> Array:
    import torch

    # NumPy has no bfloat16; float32 holds all of its values.
    found = tensor.float() if tensor.dtype is torch.bfloat16 else tensor
    array: Array = found.detach().contiguous().numpy()
    return array
