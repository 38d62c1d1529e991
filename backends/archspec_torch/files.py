"""State dicts in files: what `torch.save` and safetensors write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from archspec.ir import Graph
from archspec.lowering.backend import Array
from archspec.lowering.native import to_native
from archspec.lowering.native_file import NativeFile, NativeTensor
from archspec_torch.official.order import official_order

COUNTER = "num_batches_tracked"


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
        from archspec_torch.state_dict import arrays

        return _arranged(arrays(path), ordered=True)

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
