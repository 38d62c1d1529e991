"""The PyTorch back end with a mistake in its training, as `module:Class` for `verify --train`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from archspec.ir import Graph
from archspec.lowering.trainer import Step
from archspec.recipes import Recipe
from archspec_torch.backend import Backend
from archspec_torch.training.trainer import Trainer


class _Steps:
    def __init__(self, steps: Any) -> None:
        self.steps = steps
        self.number = 0

    def load(self, weights: Mapping[str, Any]) -> None:
        self.steps.load(weights)

    def epoch_ended(self, monitored: float) -> None:
        self.steps.epoch_ended(monitored)

    def step(self, inputs: Mapping[str, Any], targets: Any, steps_per_epoch: int) -> Step:
        made: Step = self.steps.step(inputs, targets, steps_per_epoch)
        self.number += 1
        return self.changed(made)

    def changed(self, made: Step) -> Step:
        raise NotImplementedError


class _Drifts(_Steps):
    """One weight is a hundred-thousandth too large after the fourth step."""

    def changed(self, made: Step) -> Step:
        if self.number == 4:
            made.weights["head.dense.kernel"] *= 1 + 1e-4
        return made


class _OldRate(_Steps):
    """The rate of the first epoch is told for ever."""

    def changed(self, made: Step) -> Step:
        made.rate = 0.1
        return made


class _Trainer(Trainer):
    def __init__(self, kind: type[_Steps]) -> None:
        self.kind = kind

    def steps(self, graph: Graph, recipe: Recipe, dtype: str = "float32") -> Any:
        return self.kind(super().steps(graph, recipe, dtype))


class _Equal(Trainer):
    """All losses count alike."""

    def steps(self, graph: Graph, recipe: Recipe, dtype: str = "float32") -> Any:
        losses = tuple(one.having(weight=1.0) for one in recipe.losses)
        return super().steps(graph, replace(recipe, losses=losses), dtype)


class Drifting(Backend):
    training = _Trainer(_Drifts)


class Constant(Backend):
    training = _Trainer(_OldRate)


class Unweighted(Backend):
    training = _Equal()
