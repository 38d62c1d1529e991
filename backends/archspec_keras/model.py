"""A network built by executing the generated code, with its weights by canonical name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph
from archspec.lowering.backend import Generated, Outcome
from archspec.lowering.native import from_native, to_native
from archspec_keras.engines.engine import running
from archspec_keras.execution import execute, precision
from archspec_keras.layer_names import value_layers

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any


class Model:
    """The generated network in Keras, on the engine that Keras runs on.

    `native` is the `keras.Model` with the training outputs, where the network has any.
    """

    def __init__(self, graph: Graph, generated: Generated, dtype: str) -> None:
        import keras

        self._engine = running()
        self._graph = graph
        self._map = generated.weights
        self._dtype = dtype
        keras.backend.clear_session()
        build = getattr(execute(generated), generated.entry)
        with precision(dtype):
            self.native: Any = build(training_outputs=True) if graph.training_outputs else build()
            self._sharpen()
        self._variables = self._named_variables()
        wanted = {native.key for native in self._map.values()}
        if wanted != set(self._variables):
            differ = sorted(wanted ^ set(self._variables))
            raise RuntimeError(f"the map of weights and the model differ in {differ}")

    def _layers(self) -> list[Any]:
        return list(_leaves(self.native))

    def _named_variables(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for layer in self._layers():
            for variable in layer.weights:
                key = _key(layer, variable)
                if key in found and found[key] is not variable:
                    raise RuntimeError(f"two variables are called {key!r}")
                found[key] = variable
        return found

    def _sharpen(self) -> None:
        """Keras rounds a Python factor to float32 before it casts it."""
        import keras
        import numpy as np

        for layer in self._layers():
            if self._dtype == "float64" and isinstance(layer, keras.layers.Rescaling):
                layer.scale = np.float64(layer.scale)

    def load(self, weights: Mapping[str, Array]) -> None:
        """Set all weights from canonical ones."""
        with precision(self._dtype):
            self._load(weights)

    def _load(self, weights: Mapping[str, Array]) -> None:
        if set(weights) != set(self._map):
            differ = sorted(set(weights) ^ set(self._map))
            raise ValueError(f"missing or unknown weights: {', '.join(differ)}")
        for name, native in self._map.items():
            value = to_native(weights[name], native)
            variable = self._variables[native.key]
            if tuple(variable.shape) != value.shape:
                raise ValueError(f"{name}: {value.shape} does not fit {tuple(variable.shape)}")
            variable.assign(value)

    def save(self) -> dict[str, Array]:
        """All weights in canonical names and layouts."""
        return {name: self.canonical(name, self._read(name)) for name in self._map}

    def _read(self, name: str) -> Array:
        return self._engine.array(self._variables[self._map[name].key].value)

    def variable(self, name: str) -> Any:
        """The variable that has a weight."""
        return self._variables[self._map[name].key]

    def canonical(self, name: str, array: Array) -> Array:
        """A value of a weight's variable, or its gradient, in the canonical layout."""
        return from_native(array, self._map[name], self._graph.weights[name].shape)

    def run(
        self,
        inputs: Mapping[str, Array],
        cotangents: Mapping[str, Array] | None = None,
        training: bool = False,
    ) -> Outcome:
        """Forward, and backward where cotangents are given; random layers are switched off.

        A training run leaves the running statistics as they were, and reports the new ones.
        """
        before = self.save() if training else None
        # Inference must not be random, so nothing is switched off for it.
        with precision(self._dtype), self.without_randomness(training):
            outcome = self._run(inputs, cotangents, training)
        if before is not None:
            self.load(before)
        return outcome

    def _run(
        self, inputs: Mapping[str, Array], cotangents: Mapping[str, Array] | None, training: bool
    ) -> Outcome:
        trainable = [name for name, weight in self._graph.weights.items() if weight.trainable]
        variables = [self.variable(name) for name in trainable]
        weighed = {
            name: self._engine.given(one, self._dtype) for name, one in (cotangents or {}).items()
        }
        outputs, gradients = self._engine.run(
            lambda given: self._outputs(given, training),
            self._inputs(inputs),
            variables,
            self._others(variables),
            weighed,
        )
        found = {name: self._engine.array(value) for name, value in outputs.items()}
        outcome = Outcome(found, {}, {}, {})
        if cotangents:
            names = self._graph.input_names
            arrays = [self._engine.array(one) for one in gradients]
            outcome.input_gradients = dict(zip(names, arrays[: len(names)], strict=True))
            outcome.weight_gradients = {
                name: self.canonical(name, one)
                for name, one in zip(trainable, arrays[len(names) :], strict=True)
            }
        if training:
            outcome.statistics = {
                name: self.canonical(name, self._read(name))
                for name, weight in self._graph.weights.items()
                if not weight.trainable
            }
        return outcome

    def _outputs(self, given: Sequence[Any], training: bool) -> dict[str, Any]:
        graph = self._graph
        # As users call it: a layer that is told `training=True` for good must be seen.
        mode = {"training": True} if training else {}
        results = self.native(given[0] if len(given) == 1 else list(given), **mode)
        names = (*graph.output_names, *graph.training_output_names)
        if not isinstance(results, dict):
            results = {names[0]: results}
        shown = names if training else graph.output_names
        return {name: results[name] for name in shown}

    def trace(self, inputs: Mapping[str, Array], training: bool = False) -> dict[str, Array]:
        """Values by their name in the graph, for all that a layer of their own computes."""
        import keras

        graph = self._graph
        found = {name: array for name, array in inputs.items() if name in graph.input_names}
        layers = {one.name: one for one in self.native.layers if not hasattr(one, "layers")}
        places = {value: layers[name].output for value, name in value_layers(graph, set(layers))}
        if not places:
            return found
        before = self.save() if training else None
        with precision(self._dtype), self.without_randomness(training):
            probe = keras.Model(self.native.inputs, places)
            values = probe(self._given(inputs), **({"training": True} if training else {}))
        if before is not None:
            self.load(before)
        return found | {name: self._engine.array(value) for name, value in values.items()}

    def random(self, inputs: Mapping[str, Array]) -> dict[str, tuple[Array, Array]]:
        """What goes into random layers and what comes out, in training mode."""
        import keras

        layers = {
            one.name: one for one in self.native.layers if isinstance(one, keras.layers.Dropout)
        }
        places = {
            value: (layers[name].input, layers[name].output)
            for value, name in value_layers(self._graph, set(layers))
            if name in layers
        }
        if not places:
            return {}
        before = self.save()
        with precision(self._dtype):
            values = keras.Model(self.native.inputs, places)(self._given(inputs), training=True)
        self.load(before)
        array = self._engine.array
        return {name: (array(came), array(went)) for name, (came, went) in values.items()}

    def _given(self, inputs: Mapping[str, Array]) -> Any:
        given = self._inputs(inputs)
        return given[0] if len(given) == 1 else given

    def _inputs(self, inputs: Mapping[str, Array]) -> list[Any]:
        return [self._engine.given(inputs[name], self._dtype) for name in self._graph.input_names]

    def _others(self, variables: Sequence[Any]) -> list[Any]:
        """All variables of the network but these."""
        known = {id(one) for one in variables}
        return [one for one in self.native.variables if id(one) not in known]

    @contextmanager
    def without_randomness(self, training: bool) -> Iterator[None]:
        """Random layers let everything through, where `training` says so."""
        import keras

        layers = self._layers() if training else []
        random = [one for one in layers if isinstance(one, keras.layers.Dropout)]
        rates = [layer.rate for layer in random]
        for layer in random:
            layer.rate = 0.0
        try:
            yield
        finally:
            for layer, rate in zip(random, rates, strict=True):
                layer.rate = rate


def _key(layer: Any, variable: Any) -> str:
    """The name of a variable; a layer that is two of ours has its variables by part."""
    if not hasattr(layer, "pointwise_kernel"):
        return f"{layer.name}/{variable.name}"
    first = variable.name == "depthwise_kernel"
    name = "bias" if variable.name == "bias" else "kernel"
    return f"{layer.name}.{'depthwise_conv' if first else 'conv'}/{name}"


def _leaves(model: Any) -> Iterator[Any]:
    """All layers that hold no further ones, those of nested models too, each once."""
    for layer in model.layers:
        inner = getattr(layer, "layers", None)
        if inner is None:
            yield layer
        else:
            yield from _leaves(layer)
