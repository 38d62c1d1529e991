"""The script's own module, loss, optimizer and schedule, step by step."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.optim.lr_scheduler import ReduceLROnPlateau

from archspec.ir import Graph
from archspec.lowering.backend import Array
from archspec.lowering.trainer import Step, Targets
from archspec.recipes import Recipe
from archspec_torch.backend import Backend
from archspec_torch.execute import execute
from archspec_torch.model import Model
from archspec_torch.statistics import biased
from archspec_torch.training.schedule import warm_up
from archspec_torch.training.script import script

DATA = "data"


class Steps:
    """A network with the optimizer, schedule and loss of its script; no data, no `Trainer`.

    Where weight decay is left to the optimizer, its part of loss and gradients is added here.
    """

    def __init__(self, graph: Graph, recipe: Recipe, dtype: str = "float32") -> None:
        emitted = Backend().emit(graph)
        self.model = Model(graph, emitted, dtype)
        self.recipe = recipe
        generated = emitted.generated
        text = script(graph, recipe, generated, DATA)
        network = sys.modules[type(self.model.native).__module__]
        with _modules({DATA: _no_data(), generated.module: network}):
            self._script = execute("train", text)

    def load(self, weights: Mapping[str, Array]) -> None:
        """Set all weights; the optimizer starts anew with the next step."""
        self.model.load(weights)
        self._module: Any = None
        self._taken = 0
        self._epochs = 0

    def _begin(self, steps_per_epoch: int) -> None:
        scheduled = hasattr(self._script, "learning_rate")
        given = (steps_per_epoch,) if scheduled else ()
        self._module = module = self._script.Training(self.model.native, *given)
        for name in ("log", "log_dict"):
            setattr(module, name, _nothing)
        for name, _ in list(module.named_children()):
            if name != "network":
                delattr(module, name)
                setattr(module, name, _NoMetrics())
        made = module.configure_optimizers()
        self._schedule = None
        self._optimizer: torch.optim.Optimizer = made
        if isinstance(made, dict):
            self._optimizer = made["optimizer"]
            self._schedule = made["lr_scheduler"]["scheduler"]

    def step(self, inputs: Mapping[str, Array], targets: Targets, steps_per_epoch: int) -> Step:
        """One step of the optimizer on one batch."""
        if self._module is None:
            self._begin(steps_per_epoch)
        module, optimizer = self._module, self._optimizer
        rate = float(optimizer.param_groups[0]["lr"])
        optimizer.zero_grad()
        with self.model._mode(True), biased(self.model.native):
            loss = module.training_step((*self._batch(inputs, targets), 1.0), 0)
        loss.backward()
        total = float(loss.detach())
        gradients = self._gradients()
        if hasattr(module, "l2") and not module.l2().requires_grad:
            total += float(module.l2())
        if self.recipe.clip is not None:
            module.configure_gradient_clipping(optimizer)
        with _default(self.model.dtype):
            optimizer.step()
        self._taken += 1
        self._next_rate(steps_per_epoch)
        return Step(total, rate, gradients, self.model.save())

    def epoch_ended(self, monitored: float) -> None:
        """Let a plateau look at what an epoch gave."""
        self._epochs += 1
        if isinstance(self._schedule, ReduceLROnPlateau) and self._epochs > warm_up(self.recipe):
            self._schedule.step(monitored)

    def _next_rate(self, steps_per_epoch: int) -> None:
        if not isinstance(self._schedule, ReduceLROnPlateau):
            if self._schedule is not None:
                self._schedule.step()
        elif self._taken <= warm_up(self.recipe) * steps_per_epoch:
            for group in self._optimizer.param_groups:
                group["lr"] = self._script.learning_rate(self._taken, steps_per_epoch)

    def _batch(self, inputs: Mapping[str, Array], targets: Targets) -> tuple[Any, Any]:
        """The batch as the script's `Parts` makes it, in our own type of numbers."""
        names = self.model.graph.input_names
        given = tuple(np.asarray(inputs[name]) for name in names)
        samples = _Samples(given if len(given) > 1 else given[0], targets)
        first, second, _ = self._script.Parts(samples, 0, 1)[np.arange(1), 0]
        return self._typed(first), self._typed(second)

    def _typed(self, made: Any) -> Any:
        if isinstance(made, tuple):
            return tuple(map(self._typed, made))
        return made.to(self.model.dtype) if made.is_floating_point() else made

    def _gradients(self) -> dict[str, Array]:
        """Those of the loss with its l2 term, in canonical names and layouts."""
        strengths: dict[Tensor, float] = {}
        if hasattr(self._module, "l2") and not self._module.l2().requires_grad:
            for group in self._optimizer.param_groups:
                strengths |= dict.fromkeys(group["params"], group["weight_decay"])
        found = {}
        for key, weight in self.model.native.named_parameters():
            gradient = torch.zeros_like(weight) if weight.grad is None else weight.grad
            found[key] = (gradient + strengths.get(weight, 0.0) * weight).detach()
        return self.model._canonical(found)


class _Samples:
    """One batch, as the script's `Parts` asks for it."""

    def __init__(self, inputs: Any, targets: Any) -> None:
        self.content = inputs, targets

    def batch(self, indices: Array, epoch: int) -> Any:
        return self.content


class _NoMetrics:
    def update(self, *_: object, **__: object) -> None:
        """Metrics have no part in a step."""


def _nothing(*_: object, **__: object) -> None:
    """Outside of Lightning's `Trainer` nothing is logged."""


def _no_data() -> ModuleType:
    """What the script imports as its data."""
    module = ModuleType(DATA)
    vars(module).update(Data=object, DataError=ValueError)
    return module


@contextmanager
def _default(dtype: torch.dtype) -> Iterator[None]:
    """Optimizers keep numbers besides their tensors in the default type (`NAdam`'s product)."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


@contextmanager
def _modules(wanted: Mapping[str, ModuleType]) -> Iterator[None]:
    """Modules that can be imported under these names, and only within."""
    before = {name: sys.modules.get(name) for name in wanted}
    sys.modules.update(wanted)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
