"""What the core asks of a back end; neither importing it nor generating imports Keras."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archspec.diagnostics import Report
from archspec.ir import Graph, Node
from archspec.lowering.backend import Generated, NativeWeight
from archspec_keras.engines.engine import ENGINES, use
from archspec_keras.files import Files
from archspec_keras.lowerings import LOWERINGS
from archspec_keras.writer.module import entry, module
from archspec_keras.writer.order import out_of_turn

if TYPE_CHECKING:
    from archspec_keras.model import Model
    from archspec_keras.training.trainer import Trainer


class Backend:
    """Keras 3. The code runs on any of its engines; here it is executed on one of two."""

    name = "keras"
    files = Files()

    def __init__(self, engine: str | None = None) -> None:
        self._engine = engine

    def on(self, engine: str) -> Backend:
        """The same, to be executed on `tensorflow` or `jax`; `ValueError` for another engine."""
        if engine not in ENGINES:
            raise ValueError(f"code of Keras is run on {' or '.join(ENGINES)}, not on `{engine}`")
        return Backend(engine)

    @property
    def training(self) -> Trainer:
        """What writes training scripts; imported only where it is used."""
        from archspec_keras.training.trainer import Trainer

        return Trainer(self._engine)

    def refusals(self, graph: Graph, report: Report) -> None:
        """Report `not-lowerable` for every node that Keras cannot express exactly."""
        for node in graph.nodes:
            reason = _refused(node)
            if reason is not None:
                report.add(
                    "not-lowerable",
                    node.span,
                    f"the back end keras cannot express {node.op.name}: {reason}",
                    label=node.name,
                )
        for node in out_of_turn(graph):
            report.add(
                "not-lowerable",
                node.span,
                f"the back end keras cannot express this use of {node.op.name}: a training output"
                " uses the layer before it, and Keras would update the running statistics in"
                " another order",
                label=node.name,
                help="use the layer for the training output last",
            )

    def generate(self, graph: Graph) -> Generated:
        """The module with the network's function."""
        from archspec.lowering.planner import write

        name, text = write(graph, lambda plan: (entry(plan), module(plan)))
        return Generated(
            files={f"{name}.py": text}, module=name, entry=name, weights=weights(graph)
        )

    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        """The network as the generated code makes it."""
        use(self._engine)
        from archspec_keras.model import Model

        return Model(graph, self.generate(graph), dtype)


def _refused(node: Node) -> str | None:
    lowering = LOWERINGS.get(node.op.name)
    if lowering is None:
        return "it has no lowering for this op"
    return lowering.refuses(node)


def weights(graph: Graph) -> dict[str, NativeWeight]:
    """Where every canonical weight lives: in the layer that is named like its owner.

    A layer that is several ops is told by these: `separable_conv.depthwise_conv/kernel`.
    """
    found = {}
    for name, weight in graph.weights.items():
        node = weight.users[0]
        layer = name.removesuffix(f".{weight.role}")
        found[name] = LOWERINGS[node.op.name].native(node, weight.role, layer)
    return found
