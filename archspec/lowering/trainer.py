"""What a back end must provide to train: a script to take away, and its steps one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.backend import Backend, Generated
from archspec.recipes import Choice, Recipe
from archspec.source import NOWHERE

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    Array = Any


Targets = Array | tuple[Array, ...]
"""Those of the only output, or of each output at inference that has a loss."""


@dataclass(slots=True)
class Step:
    """What one optimizer step did, in canonical names and layouts.

    `loss` is that of the batch, with the terms of `l2`; `rate` the learning rate of the step;
    `gradients` those of `loss`, before clipping; `weights` all weights after the step.
    """

    loss: float
    rate: float
    gradients: dict[str, Array]
    weights: dict[str, Array]


class Steps(Protocol):
    """A network with the optimizer, schedule and loss of its training script."""

    def load(self, weights: Mapping[str, Array]) -> None:
        """Set all weights from canonical ones; the optimizer starts anew."""
        ...

    def step(self, inputs: Mapping[str, Array], targets: Targets, steps_per_epoch: int) -> Step:
        """The next step, on one batch (channels last); random layers are switched off."""
        ...

    def epoch_ended(self, monitored: float) -> None:
        """Tell what an epoch gave, to a schedule that reacts to it (`reduce_on_plateau`)."""
        ...


class Trainer(Protocol):
    """Training in one framework. `graph` is the network whose outputs are logits.

    `strategies` are what the script's option `--strategy` takes; without any it has none.
    """

    strategies: tuple[str, ...]

    def refusals(self, graph: Graph, recipe: Recipe, report: Report) -> None:
        """Report `not-lowerable` for every setting that this back end cannot express exactly."""
        ...

    def script(
        self, graph: Graph, recipe: Recipe, generated: Generated, data: str
    ) -> Mapping[str, str]:
        """The training script, by file name; `data` is the module that loads the data."""
        ...

    def steps(self, graph: Graph, recipe: Recipe, dtype: str = "float32") -> Steps:
        """Run the script's own code step by step; `ImportError` without the framework."""
        ...


@runtime_checkable
class Trains(Protocol):
    """What a back end has in addition that can train."""

    @property
    def training(self) -> Trainer:
        """What trains; imported only where it is used."""
        ...


def trainer_in(backend: Backend, report: Report) -> Trainer | None:
    """What trains in the back end, or None after reporting that nothing does."""
    if isinstance(backend, Trains):
        return backend.training
    message = f"the back end `{backend.name}` generates networks, and cannot train them"
    report.add("not-supported", NOWHERE, message, help="train with torch or keras")
    return None


def report_refused(name: str, refused: Iterable[tuple[Choice, str]], report: Report) -> None:
    """Report the settings that the back end called `name` cannot express, with their reasons."""
    for choice, reason in refused:
        message = f"the back end {name} cannot express this {choice.name}: {reason}"
        report.add("not-lowerable", choice.span, message, label=choice.name)
