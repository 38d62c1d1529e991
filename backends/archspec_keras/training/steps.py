"""The script's own training, one optimizer step at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from archspec.ir import Graph
from archspec.lowering.trainer import Step, Targets
from archspec.recipes import Recipe
from archspec_keras.execution import execute, precision
from archspec_keras.model import Model
from archspec_keras.training.exact_numbers import exact_numbers
from archspec_keras.training.script import script

if TYPE_CHECKING:
    from archspec.lowering.backend import Array
else:
    Array = Any


class Steps:
    """The network as the script makes it ready for `fit`, on the engine that Keras runs on."""

    def __init__(self, graph: Graph, recipe: Recipe, dtype: str) -> None:
        from archspec_keras.backend import Backend

        generated = Backend().generate(graph)
        self._recipe = recipe
        self._dtype = dtype
        self._inputs = graph.input_names
        self._trained = [name for name, weight in graph.weights.items() if weight.trainable]
        self._model = Model(graph, generated, dtype)
        text = script(graph, recipe, generated, "data")
        self._script = _executed(text, {generated.module: execute(generated)})
        self._ready: Any = None
        self._lowering: Any = None
        self._gradients: list[Any] = []

    def load(self, weights: Mapping[str, Array]) -> None:
        """Set all weights from canonical ones; the optimizer starts anew."""
        self._model.load(weights)
        self._ready = None

    def step(self, inputs: Mapping[str, Array], targets: Targets, steps_per_epoch: int) -> Step:
        """The next step; a batch is cut into as many parts as are accumulated."""
        with self._as_trained():
            if self._ready is None:
                self._make_ready(steps_per_epoch)
            rate = self._rate()
            self._gradients.clear()
            parts = self._recipe.accumulate
            losses = [self._part(inputs, targets, part, parts) for part in range(parts)]
            return Step(sum(losses) / parts, rate, self._mean_gradients(), self._model.save())

    def epoch_ended(self, monitored: float) -> None:
        """Let the script's callback lower the rate."""
        if self._lowering is not None:
            self._lowering.on_epoch_end(self._epoch, {self._lowering.monitor: monitored})
        self._epoch += 1

    @contextmanager
    def _as_trained(self) -> Iterator[None]:
        with (
            precision(self._dtype),
            exact_numbers(self._dtype),
            self._model.without_randomness(True),
        ):
            yield

    def _make_ready(self, steps_per_epoch: int) -> None:
        self._ready = self._script.ready(self._model.native, steps_per_epoch)
        self._ready.run_eagerly = True
        # Some metrics of TensorFlow take float32 only, and nobody looks at them here; the first
        # of a compiled model is the mean of its losses.
        loss = self._ready.metrics[0]
        self._ready.compute_metrics = lambda *_, **__: {"loss": loss.result()}
        self._epoch = 0
        self._watch(self._ready.optimizer)
        if hasattr(self._script, "lowering"):
            self._lowering = self._script.lowering()
            self._lowering.set_model(self._ready)
            self._lowering.on_train_begin()

    def _watch(self, optimizer: Any) -> None:
        """Keep the gradients that the optimizer is given."""
        apply = optimizer.apply

        def watched(gradients: Any, variables: Any = None) -> None:
            # On JAX the optimizer is asked to take its own variables, which are all.
            own = self._ready.trainable_variables if variables is None else variables
            self._gradients.append(list(zip(gradients, own, strict=True)))
            apply(gradients, variables)

        optimizer.apply = watched

    def _rate(self) -> float:
        import keras

        return float(keras.ops.convert_to_tensor(self._ready.optimizer.learning_rate))

    def _part(self, inputs: Mapping[str, Array], targets: Targets, part: int, parts: int) -> float:
        given = [_cut(inputs[name].astype(self._dtype), part, parts) for name in self._inputs]
        wanted = self._wanted(_parted(targets, part, parts))
        self._ready.reset_metrics()
        logs = self._ready.train_on_batch(
            given[0] if len(given) == 1 else given, wanted, return_dict=True
        )
        return float(logs["loss"])

    def _wanted(self, targets: Targets) -> Any:
        """Targets as the loss takes them."""
        return self._script.wanted(targets) if hasattr(self._script, "wanted") else targets

    def _mean_gradients(self) -> dict[str, Array]:
        import keras

        names = {id(self._model.variable(name)): name for name in self._trained}
        found: dict[str, Any] = {}
        for pairs in self._gradients:
            for gradient, variable in pairs:
                name = names[id(variable)]
                value = self._model.canonical(name, keras.ops.convert_to_numpy(gradient)) / len(
                    self._gradients
                )
                found[name] = found[name] + value if name in found else value
        return found


def _parted(targets: Targets, part: int, parts: int) -> Targets:
    if isinstance(targets, tuple):
        return tuple(_cut(one, part, parts) for one in targets)
    return _cut(targets, part, parts)


def _cut(array: Array, part: int, parts: int) -> Array:
    size = len(array) // parts
    return array[part * size : (part + 1) * size]


def _executed(text: str, modules: Mapping[str, ModuleType]) -> ModuleType:
    """The script as a module; of its own modules it needs only the network."""
    known = {**modules, "data": ModuleType("data")}
    known["data"].Data = object  # type: ignore[attr-defined]  # read when `Batches` is made
    before = {name: sys.modules.get(name) for name in known}
    module = ModuleType("train")
    sys.modules.update(known)
    try:
        exec(compile(text, "train.py", "exec"), module.__dict__)
    finally:
        for name, earlier in before.items():
            if earlier is None:
                del sys.modules[name]
            else:
                sys.modules[name] = earlier
    return module
