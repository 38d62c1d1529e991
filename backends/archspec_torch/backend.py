"""What the compiler asks of this back end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archspec.diagnostics import Report
from archspec.ir import Graph, Node
from archspec.lowering.backend import Generated
from archspec_torch.emitted import Emitted
from archspec_torch.files import Files
from archspec_torch.lowering import find

if TYPE_CHECKING:
    from archspec_torch.model import Model
    from archspec_torch.training.trainer import Trainer


class Backend:
    """Generates `nn.Module` classes; values are (N, C, …), as PyTorch's layers want them."""

    name = "torch"
    files = Files()

    @property
    def training(self) -> Trainer:
        """What writes training scripts; imported only where it is used."""
        from archspec_torch.training.trainer import Trainer

        return Trainer()

    def refusals(self, graph: Graph, report: Report) -> None:
        """Report the nodes that have no lowering here, or too many axes for it."""
        for node in graph.nodes:
            lowering = find(node.op.name)
            if lowering is None:
                message = f"the back end torch cannot express {node.op.name}"
                report.add("not-lowerable", node.span, message)
            elif lowering.most_axes is not None and _axes(node) > lowering.most_axes:
                message = (
                    f"the back end torch has {node.op.name} for at most {lowering.most_axes}"
                    f" spatial axes, not {_axes(node)}"
                )
                report.add("not-lowerable", node.span, message)

    def generate(self, graph: Graph) -> Generated:
        """The source code of the network, and where its weights are in the state dict."""
        return self.emit(graph).generated

    def emit(self, graph: Graph) -> Emitted:
        """The same, with the places of values."""
        from archspec.lowering.planner import write
        from archspec_torch.writing.source import SourceWriter

        return write(graph, lambda plan: SourceWriter(plan).write())

    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        """Run the generated code."""
        from archspec_torch.model import Model

        return Model(graph, self.emit(graph), dtype)


def _axes(node: Node) -> int:
    return len(node.inputs[0].shape) - 1
