"""Back ends that compute with the NumPy references: an honest one, and some with one fault each."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from archspec.diagnostics import Report
from archspec.ir import Graph, Node
from archspec.lowering.backend import Generated, Outcome
from archspec.ops.attributes import Attributes
from archspec.ops.op import Call
from archspec.verification.reference import evaluate
from archspec.weights import initial

Arrays = Mapping[str, np.ndarray[Any, Any]]
STEP = 1e-5


class Model:
    """A gradient is that along one direction for each tensor, a central difference in float64."""

    native = None

    def __init__(self, graph: Graph, dtype: str) -> None:
        self.graph = graph
        self.dtype = dtype
        self.weights = dict(initial(graph))

    def load(self, weights: Arrays) -> None:
        self.weights = dict(weights)

    def save(self) -> dict[str, np.ndarray[Any, Any]]:
        return dict(self.weights)

    def evaluate(self, weights: Arrays, inputs: Arrays, training: bool) -> Any:
        values, updates = evaluate(self.graph, weights, inputs, training)
        names = zip(self.graph.output_names, self.graph.outputs, strict=True)
        return {name: values[value.name] for name, value in names}, updates

    def gradient(self, loss: Callable[[Arrays], float], at: Arrays) -> dict[str, Any]:
        found = {}
        for name, one in at.items():
            way = np.random.default_rng(0).normal(size=one.shape)
            before, behind = (
                loss({**at, name: one.astype("float64") + step * way}) for step in (STEP, -STEP)
            )
            found[name] = ((before - behind) / (2 * STEP) * way).astype(self.dtype)
        return found

    def run(
        self, inputs: Arrays, cotangents: Arrays | None = None, training: bool = False
    ) -> Outcome:
        outputs, updates = self.evaluate(self.weights, inputs, training)
        if cotangents is None:
            return Outcome(outputs, {}, {}, updates)
        names = [one.name for one in self.graph.weights.values() if one.trainable]
        learned = {name: self.weights[name] for name in names}

        def loss(weights: Arrays, given: Arrays) -> float:
            found, _ = self.evaluate({**self.weights, **weights}, given, training)
            return float(sum((found[name] * cotangents[name]).sum() for name in found))

        return Outcome(
            outputs,
            self.gradient(lambda given: loss({}, given), inputs),
            self.gradient(lambda weights: loss(weights, inputs), learned),
            updates,
        )

    def random(self, inputs: Arrays) -> dict[str, Any]:
        return {}

    def trace(self, inputs: Arrays, training: bool = False) -> dict[str, Any]:
        return evaluate(self.graph, self.weights, inputs, training)[0]


class Honest:
    """Computes what the spec means."""

    name = "honest"
    model = Model

    def refusals(self, graph: Graph, report: Report) -> None:
        pass

    def generate(self, graph: Graph) -> Generated:
        raise NotImplementedError

    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        return self.model(replace(graph, nodes=[self.spoil(node) for node in graph.nodes]), dtype)

    def spoil(self, node: Node) -> Node:
        return node


class Honest2(Honest):
    """Another one of the same meaning."""


def computing(node: Node, reference: Callable[[Call], Any]) -> Node:
    return replace(node, op=replace(node.op, reference=reference))


class WrongEpsilon(Honest):
    def spoil(self, node: Node) -> Node:
        if "epsilon" not in node.attributes:
            return node
        return replace(
            node, attributes=Attributes({**dict(node.attributes.items()), "epsilon": 1e-3})
        )


class SwappedBranches(Honest):
    def spoil(self, node: Node) -> Node:
        return replace(node, inputs=node.inputs[::-1]) if node.op.name == "concat" else node


class DroppedActivation(Honest):
    def spoil(self, node: Node) -> Node:
        return computing(node, lambda call: (call.inputs[0],)) if node.op.name == "relu" else node


class Secretive(Model):
    def trace(self, inputs: Arrays, training: bool = False) -> dict[str, Any]:
        found = super().trace(inputs, training)
        return {name: one for name, one in found.items() if not name.endswith("relu")}


class SecretiveDroppedActivation(DroppedActivation):
    """Shows the values of layers, but not those of activations."""

    model = Secretive


class UnbiasedVariance(Honest):
    def spoil(self, node: Node) -> Node:
        def reference(call: Call) -> Any:
            outputs = node.op.reference(call)
            if "variance" in call.updates:
                call.updates["variance"] = call.updates["variance"] * 1.01
            return outputs

        return computing(node, reference)


class NotANumber(Honest):
    def spoil(self, node: Node) -> Node:
        def reference(call: Call) -> Any:
            (output,) = node.op.reference(call)
            output[0, 0] = np.nan
            return (output,)

        return computing(node, reference) if node.op.name == "dense" else node


class Half(Honest):
    """Right in float64; in float32 it computes with half precision."""

    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        def spoil(node: Node) -> Node:
            def reference(call: Call) -> Any:
                return tuple(
                    one.astype("float16").astype("float32") for one in node.op.reference(call)
                )

            return computing(node, reference) if dtype == "float32" else node

        return Model(replace(graph, nodes=[spoil(node) for node in graph.nodes]), dtype)


class Trembling(Model):
    def run(self, *arguments: Any, **more: Any) -> Outcome:
        found = super().run(*arguments, **more)
        for one in found.weight_gradients.values():
            one += 1e-6 if self.dtype == "float32" else 0
        return found


class Rounding(Honest):
    """Gradients that should be zero are rounding in float32."""

    model = Trembling


class Backwards(Model):
    def run(self, *arguments: Any, **more: Any) -> Outcome:
        found = super().run(*arguments, **more)
        for name in ("stem.stage.conv.kernel", "stem.stage.batch_norm.scale"):
            found.weight_gradients[name] *= -1
        return found


class WrongBackward(Honest):
    """The gradients of everything before the activation have the wrong sign."""

    model = Backwards


class Crashing(Honest):
    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        print("the last words", flush=True)
        os._exit(3)


class Raising(Honest):
    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        raise RuntimeError("no such layer")


class Hanging(Honest):
    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        while True:
            pass


class Killed(Honest):
    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


class WrongShape(Honest):
    """The last value has one feature too many, which fits no cotangent."""

    def spoil(self, node: Node) -> Node:
        def reference(call: Call) -> Any:
            (output,) = node.op.reference(call)
            return (np.concatenate([output, output[:, :1]], axis=1),)

        return computing(node, reference) if node.op.name == "softmax" else node


class Infinite(Honest):
    def spoil(self, node: Node) -> Node:
        def reference(call: Call) -> Any:
            (output,) = node.op.reference(call)
            output[0, 0], output[1, 0], output[2, 0] = np.inf, -np.inf, np.nan
            return (output,)

        return computing(node, reference) if node.op.name == "softmax" else node


class Infinite2(Infinite):
    """Not finite at the very same places."""


class NotInstalled(Honest):
    def build(self, graph: Graph, dtype: str = "float32") -> Model:
        raise ImportError("No module named 'wonderland'")


class NotInstalled2(NotInstalled):
    pass


class Refusing(Honest):
    def refusals(self, graph: Graph, report: Report) -> None:
        report.add("not-lowerable", graph.nodes[0].span, "cannot do conv")
