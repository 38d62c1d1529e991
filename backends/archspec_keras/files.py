"""Files that Keras writes: `.keras`, `.weights.h5`, and `.h5` of older versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from archspec.ir import Graph
from archspec.lowering.backend import Array
from archspec.lowering.native_file import NativeFile
from archspec_keras.stored.variable import Variable, arranged


class Files:
    """Weights of functional and sequential models; no model is built to read them."""

    reads: Sequence[str] = (".keras", ".weights.h5", ".h5", ".hdf5")
    writes: Sequence[str] = (".keras", ".weights.h5")
    libraries: Sequence[str] = ("keras",)

    def find(self, library: str, model: str) -> Path:
        """The pretrained file in the cache of Keras."""
        from archspec_keras.official.caches import find

        return find(model)

    def read(self, path: Path) -> NativeFile:
        """The variables of all layers."""
        from archspec_keras.stored.read import read

        return arranged(*read(path))

    def arrange(self, tensors: Mapping[str, Array]) -> NativeFile:
        """Variables as arrays by `layer/variable`.

        A kernel that is called `depthwise_kernel` is told from that of a convolution.
        """
        return arranged([_variable(key, array) for key, array in tensors.items()], {})

    def write(self, path: Path, graph: Graph, weights: Mapping[str, Array]) -> None:
        """The generated model as Keras saves it: whole, or its weights alone."""
        from archspec_keras.backend import Backend

        model = Backend().build(graph)
        model.load(weights)
        if path.name.endswith(".weights.h5"):
            model.native.save_weights(path)
        else:
            model.native.save(path)


def _variable(key: str, array: Array) -> Variable:
    layer, _, name = key.rpartition("/")
    return Variable(key, layer, name, array)
