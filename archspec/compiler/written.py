"""From the checked graph to code, scripts, models, and files of weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from archspec.compiler.checked import Checked, Overrides, Sizes

if TYPE_CHECKING:
    from archspec.ir import Graph
    from archspec.lowering.backend import Generated, Model
    from archspec.training.training import Training
    from archspec.weights.draw import Array
    from archspec.weights.importing import Imported


class Written(Checked):
    """What back ends make of a spec."""

    def generate(
        self,
        backend: str,
        network: str | None = None,
        overrides: Overrides | None = None,
        sizes: Sizes | None = None,
    ) -> Generated | None:
        """The source code that the back end writes for the network."""
        graph = self.graph(network, overrides, sizes)
        if graph is None:
            return None
        from archspec.lowering.make import generate

        return generate(backend, graph, self.report)

    def build(
        self,
        backend: str,
        network: str | None = None,
        overrides: Overrides | None = None,
        sizes: Sizes | None = None,
        dtype: str = "float32",
    ) -> Model | None:
        """The network built by running the generated code; `.native` is the framework's model."""
        graph = self.graph(network, overrides, sizes)
        if graph is None:
            return None
        from archspec.lowering.make import build

        return build(backend, graph, dtype, self.report)

    def training(
        self, network: str | None = None, overrides: Overrides | None = None
    ) -> Training | None:
        """The network as it is trained, whose outputs are logits, with its recipe."""
        graph = self.graph(network, overrides)
        return None if graph is None else self._training(graph, overrides)

    def _training(self, graph: Graph, overrides: Overrides | None) -> Training | None:
        recipe = self.recipe(graph.name, overrides)
        if recipe is None:
            return None
        from archspec.training.training import training

        return training(graph, recipe, self.report)

    def scripts(
        self, backend: str, network: str | None = None, overrides: Overrides | None = None
    ) -> dict[str, str] | None:
        """The network, data.py and train.py as the back end writes them, by file name."""
        found = self.training(network, overrides)
        if found is None:
            return None
        from archspec.training.training import scripts

        return scripts(found, backend, self.report)

    def import_weights(
        self,
        source: str | Path | Mapping[str, Array],
        network: str | None = None,
        overrides: Overrides | None = None,
        layout: str = "canonical",
    ) -> Imported | None:
        """The weights of `source` for the network, each tensor of both used exactly once.

        `source` is a file, a library's pretrained one as `torchvision:resnet50`, or arrays by
        name, which have the names and layouts of the back end `layout`.
        """
        graph = self.graph(network, overrides)
        if graph is None:
            return None
        from archspec.weights.importing import import_arrays, import_weights

        if isinstance(source, Mapping):
            return import_arrays(graph, source, layout, self.report)
        return import_weights(graph, source, self.report)

    def export_weights(
        self,
        weights: str | Path | Mapping[str, Array],
        backend: str,
        path: str | Path,
        network: str | None = None,
        overrides: Overrides | None = None,
    ) -> bool:
        """Write weights of the network for the code that `backend` generates.

        The ending of `path` says in which form: `.pth`, `.weights.h5`, and so on.
        """
        found = self.import_weights(weights, network, overrides)
        if found is None or not found.match.complete:
            return False
        from archspec.weights.exporting import export_weights

        return export_weights(found.graph, found.weights, backend, Path(path), self.report)
