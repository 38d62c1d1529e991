"""summary: what every layer of a network makes and costs, and the totals."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

from archspec.analyses import totals
from archspec.analyses.needed import needed
from archspec.dimensions import Shape
from archspec.ir import Graph, Node, Value


@dataclass(frozen=True, slots=True)
class Layer:
    """One use of an op.

    `parameters` and `running_statistics` count weights at the layer that uses them first.
    Layers that only training outputs need have `training_only` set and cost nothing.
    """

    path: str
    op: str
    output_shapes: tuple[Shape, ...]
    parameters: int
    running_statistics: int
    macs: int
    activation_bytes: int
    training_only: bool

    def to_json(self) -> dict[str, Any]:
        """The stable form of `summary --json`; `output_shape` is that of the first output."""
        return {
            "path": self.path,
            "op": self.op,
            "output_shape": list(self.output_shapes[0]),
            "output_shapes": [list(shape) for shape in self.output_shapes],
            "parameters": self.parameters,
            "running_statistics": self.running_statistics,
            "macs": self.macs,
            "activation_bytes": self.activation_bytes,
            "training_only": self.training_only,
        }


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output of the network."""

    name: str
    shape: Shape
    training_only: bool = False

    def to_json(self) -> dict[str, Any]:
        """The stable form of `summary --json`."""
        return {
            "name": self.name,
            "shape": list(self.shape),
            "training_only": self.training_only,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """All layers and the totals of a network; `archspec.analyses.totals` has the rules."""

    network: str
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    parameters: int
    trainable_parameters: int
    running_statistics: int
    macs: int
    activation_bytes: int
    layers: tuple[Layer, ...]

    def to_json(self) -> dict[str, Any]:
        """The stable form of `summary --json`, made of plain dicts, lists, words and numbers."""
        return {
            "network": self.network,
            "inputs": [port.to_json() for port in self.inputs],
            "outputs": [port.to_json() for port in self.outputs],
            "parameters": self.parameters,
            "trainable_parameters": self.trainable_parameters,
            "running_statistics": self.running_statistics,
            "macs": self.macs,
            "activation_bytes": self.activation_bytes,
            "layers": [layer.to_json() for layer in self.layers],
        }

    def __str__(self) -> str:
        """The table that `summary` prints."""
        from archspec.analyses.table import table

        return table(self)


def _ports(names: tuple[str, ...], values: tuple[Value, ...], training: bool) -> list[Port]:
    return [Port(name, value.shape, training) for name, value in zip(names, values, strict=True)]


def _layer(node: Node, counted: bool) -> Layer:
    own = [weight for weight in node.weights.values() if weight.users[:1] in ([node], [])]
    return Layer(
        path=node.name,
        op=node.op.name,
        output_shapes=tuple(value.shape for value in node.outputs),
        parameters=sum(prod(weight.shape) for weight in own if weight.trainable),
        running_statistics=sum(prod(weight.shape) for weight in own if not weight.trainable),
        macs=totals.node_macs(node) if counted else 0,
        activation_bytes=totals.node_bytes(node) if counted else 0,
        training_only=not counted,
    )


def summary(graph: Graph) -> Summary:
    """The facts of every layer in order, and the totals."""
    counted = set(needed(graph))
    layers = tuple(_layer(node, node in counted) for node in graph.nodes)
    outputs = _ports(graph.output_names, graph.outputs, training=False)
    outputs += _ports(graph.training_output_names, graph.training_outputs, training=True)
    return Summary(
        network=graph.name,
        inputs=tuple(_ports(graph.input_names, graph.inputs, training=False)),
        outputs=tuple(outputs),
        parameters=totals.parameters(graph),
        trainable_parameters=totals.TOTALS["trainable_parameters"](graph),
        running_statistics=totals.running_statistics(graph),
        macs=sum(layer.macs for layer in layers),
        activation_bytes=sum(layer.activation_bytes for layer in layers),
        layers=layers,
    )
