"""A built network: runs the generated source and speaks canonical names and layouts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor, nn

from archspec.ir import Graph, Value
from archspec.lowering.backend import Array, NativeWeight, Outcome
from archspec.lowering.native import from_native, to_native
from archspec_torch.emitted import Emitted
from archspec_torch.execute import execute
from archspec_torch.statistics import biased

RANDOM = (nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d)


def channels_first(array: Array) -> Array:
    """(N, ..., C) as (N, C, ...)."""
    return np.moveaxis(array, -1, 1) if array.ndim > 2 else array


def channels_last(array: Array) -> Array:
    """(N, C, ...) as (N, ..., C)."""
    return np.ascontiguousarray(np.moveaxis(array, 1, -1)) if array.ndim > 2 else array


class Model:
    """The network as an `nn.Module` (`native`), with its weights under their canonical names."""

    def __init__(self, graph: Graph, emitted: Emitted, dtype: str = "float32") -> None:
        self.graph = graph
        self.dtype: torch.dtype = getattr(torch, dtype)
        generated = emitted.generated
        source = generated.files[f"{generated.module}.py"]
        module = execute(generated.module, source)
        self.native: nn.Module = getattr(module, generated.entry)().to(self.dtype).eval()
        self._weights: Mapping[str, NativeWeight] = generated.weights
        self._places = emitted.places
        # nn.Dropout with its kin, and the generated StochasticDepth.
        depth = getattr(module, "StochasticDepth", None)
        self._random = RANDOM if depth is None else (*RANDOM, depth)
        _check_keys(self._weights, self.native)

    def load(self, weights: Mapping[str, Array]) -> None:
        """Set all weights; `ValueError` where names or shapes differ from the graph's."""
        wanted = set(self.graph.weights)
        if set(weights) != wanted:
            odd = sorted(set(weights) ^ wanted)
            raise ValueError(f"weights missing or unknown: {', '.join(odd[:5])}")
        state = self.native.state_dict()
        for name, array in weights.items():
            expected = tuple(self.graph.weights[name].shape)
            if tuple(array.shape) != expected:
                raise ValueError(f"{name} has shape {tuple(array.shape)}, not {expected}")
            native = to_native(np.asarray(array), self._weights[name])
            state[self._weights[name].key] = torch.tensor(native, dtype=self.dtype)
        self.native.load_state_dict(state)

    def save(self) -> dict[str, Array]:
        """All weights by canonical name."""
        return self._canonical(self.native.state_dict())

    def _canonical(self, tensors: Mapping[str, Tensor]) -> dict[str, Array]:
        return {
            name: from_native(_array(tensors[native.key]), native, self.graph.weights[name].shape)
            for name, native in self._weights.items()
            if native.key in tensors
        }

    def run(
        self,
        inputs: Mapping[str, Array],
        cotangents: Mapping[str, Array] | None = None,
        training: bool = False,
    ) -> Outcome:
        """Forward, and backward where cotangents are given; random layers are switched off."""
        tensors = self._tensors(inputs, requires_grad=cotangents is not None)
        self.native.zero_grad(set_to_none=True)
        with (
            self._mode(training),
            biased(self.native),
            torch.set_grad_enabled(cotangents is not None),
        ):
            results = self._forward(tensors, training)
        outcome = Outcome(
            {name: channels_last(_array(value)) for name, value in results.items()}, {}, {}, {}
        )
        if cotangents is not None:
            self._backward(results, cotangents)
            for name, tensor in zip(self.graph.input_names, tensors, strict=True):
                outcome.input_gradients[name] = channels_last(_gradient(tensor))
            gradients = {key: _gradient_of(one) for key, one in self.native.named_parameters()}
            outcome.weight_gradients.update(self._canonical(gradients))
        if training:
            outcome.statistics.update(
                (name, array)
                for name, array in self.save().items()
                if not self.graph.weights[name].trainable
            )
        return outcome

    def trace(self, inputs: Mapping[str, Array], training: bool = False) -> dict[str, Array]:
        """Outputs of all nodes that are modules, by the value's name in the graph."""
        seen: dict[str, Array] = {}
        waiting = {place: list(values) for place, values in self._places.items()}
        handles = []

        def hook_for(place: str) -> object:
            def hook(module: nn.Module, args: object, output: Tensor) -> None:
                # A shared module is called once for each of its nodes, in their order.
                made = waiting[place].pop(0) if waiting[place] else None
                if made is not None and output.dim() == len(made.value.shape) + 1:
                    array = channels_last(_array(output))
                    if made.rows is not None:
                        array = array[:, np.argsort(made.rows)]
                    seen[made.value.name] = array

            return hook

        for place, module in self.native.named_modules():
            if place in waiting:
                handles.append(module.register_forward_hook(hook_for(place)))
        state = {key: value.clone() for key, value in self.native.state_dict().items()}
        try:
            with self._mode(training), torch.no_grad():
                results = self._forward(self._tensors(inputs), training)
        finally:
            for handle in handles:
                handle.remove()
            self.native.load_state_dict(state)
        for value, name in self._named_results(training):
            seen[value.name] = channels_last(_array(results[name]))
        return seen

    def random(self, inputs: Mapping[str, Array]) -> dict[str, tuple[Array, Array]]:
        """What goes into random modules and what comes out, in training mode."""
        found: dict[str, tuple[Array, Array]] = {}
        waiting = {place: list(values) for place, values in self._places.items()}

        def hook_for(place: str) -> Callable[..., None]:
            def hook(module: nn.Module, given: tuple[Tensor], output: Tensor) -> None:
                made = waiting[place].pop(0) if waiting[place] else None
                if made is not None:
                    pair = channels_last(_array(given[0])), channels_last(_array(output))
                    found[made.value.name] = pair

            return hook

        handles = [
            module.register_forward_hook(hook_for(place))
            for place, module in self.native.named_modules()
            if place in waiting and isinstance(module, self._random)
        ]
        state = {key: value.clone() for key, value in self.native.state_dict().items()}
        self.native.train()
        try:
            with torch.no_grad():
                self._forward(self._tensors(inputs), True)
        finally:
            for handle in handles:
                handle.remove()
            self.native.eval()
            self.native.load_state_dict(state)
        return found

    def _tensors(self, inputs: Mapping[str, Array], requires_grad: bool = False) -> list[Tensor]:
        return [
            torch.tensor(channels_first(np.asarray(inputs[name])), dtype=self.dtype).requires_grad_(
                requires_grad
            )
            for name in self.graph.input_names
        ]

    def _named_results(self, training: bool) -> list[tuple[Value, str]]:
        found = list(zip(self.graph.outputs, self.graph.output_names, strict=True))
        if training:
            found += zip(self.graph.training_outputs, self.graph.training_output_names, strict=True)
        return found

    def _forward(self, tensors: Sequence[Tensor], training: bool) -> dict[str, Tensor]:
        found = self.native(*tensors)
        values: tuple[Tensor, ...] = found if isinstance(found, tuple) else (found,)
        names = [name for _, name in self._named_results(training)]
        return dict(zip(names, values, strict=True))

    def _backward(self, results: Mapping[str, Tensor], cotangents: Mapping[str, Array]) -> None:
        total = torch.zeros((), dtype=self.dtype)
        for name, cotangent in cotangents.items():
            weight = torch.tensor(channels_first(np.asarray(cotangent)), dtype=self.dtype)
            total = total + (results[name] * weight).sum()
        total.backward()  # type: ignore[no-untyped-call]

    @contextmanager
    def _mode(self, training: bool) -> Iterator[None]:
        self.native.train(training)
        for module in self.native.modules():
            if isinstance(module, self._random):
                module.eval()
        try:
            yield
        finally:
            self.native.eval()


def _array(tensor: Tensor) -> Array:
    return tensor.detach().cpu().numpy().copy()


def _gradient(tensor: Tensor) -> Array:
    return np.zeros(tuple(tensor.shape)) if tensor.grad is None else _array(tensor.grad)


def _gradient_of(parameter: Tensor) -> Tensor:
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def _check_keys(weights: Mapping[str, NativeWeight], native: nn.Module) -> None:
    """Every tensor of the model must belong to exactly one weight of the spec."""
    found = {key for key in native.state_dict() if not key.endswith("num_batches_tracked")}
    mapped = [weight.key for weight in weights.values()]
    if len(set(mapped)) != len(mapped) or set(mapped) != found:
        odd = sorted(set(mapped) ^ found)
        raise AssertionError(f"the map of weights and the model differ in {odd[:5]}")
