"""Steps of generated Keras scripts against the definitions in the records, in float64."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cases import KERAS, of_digits
from records import follow
from settings import DECAYS, DROP, LOSSES, OF_CLASSES, OPTIMIZERS, SCHEDULES

RULES = [
    *(
        f"optimizer: {optimizer}\nweight_decay: {decay}"
        for optimizer in ("sgd(momentum=0.9)", "adamw()")
        for decay in DECAYS
        if optimizer != "adamw()" or "l2" not in decay
    ),
    *(
        f"optimizer: adam()\nclip: {clip}\nweight_decay: l2(0.1, on=all)"
        for clip in ("global_norm(0.2)", "norm(0.1)", "value(0.05)")
    ),
    "optimizer: rmsprop()\naccumulate: 2\nweight_decay: decoupled(0.1, on=all)",
]


@pytest.mark.parametrize("optimizer", [*OPTIMIZERS, "adam()"])
def test_optimizers_are_those_of_the_records(optimizer: str, tmp_path: Path) -> None:
    follow(KERAS.training, *KERAS.linear(f"optimizer: {optimizer}\n{DROP}", tmp_path), many=50)


@pytest.mark.parametrize("settings", RULES)
def test_decays_and_clips_are_those_of_the_records(settings: str, tmp_path: Path) -> None:
    drop = "schedule: piecewise(epochs=[1], values=[0.1, 0.01])\n"
    follow(KERAS.training, *KERAS.linear(f"{settings}\n{drop}", tmp_path), many=7, per_epoch=5)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_schedules_are_those_of_the_records(schedule: str, tmp_path: Path) -> None:
    settings = f"optimizer: sgd(learning_rate=0.1, momentum=0.9)\nschedule: {schedule}"
    follow(KERAS.training, *KERAS.linear(settings, tmp_path), many=13, per_epoch=3)


@pytest.mark.parametrize("loss", LOSSES)
def test_losses_are_those_of_the_records(loss: str, tmp_path: Path) -> None:
    settings = f"loss: {loss}\noptimizer: sgd(momentum=0.9)\n{DROP}"
    follow(KERAS.training, *KERAS.linear(settings, tmp_path, LOSSES[loss]), many=3)


@pytest.mark.parametrize("loss", OF_CLASSES)
def test_numbers_of_classes_are_distributions_that_are_sure(loss: str, tmp_path: Path) -> None:
    graph, recipe = KERAS.linear(f"loss: {loss}\noptimizer: sgd(momentum=0.9)\n{DROP}", tmp_path)
    follow(KERAS.training, graph, of_digits(recipe), many=3)


@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
def test_a_plateau_lowers_the_rate(tmp_path: Path) -> None:
    settings = "optimizer: sgd(learning_rate=0.1)\nschedule: {}reduce_on_plateau({}){}"
    plateau = "patience=2, factor=0.5, minimum=0.03, monitor=loss"
    assert rates(settings.format("", plateau, ""), tmp_path) == [0.1, 0.1, 0.1, 0.05, 0.05, 0.03]
    warmed = settings.format("warmup(2, start=0.5, then=", plateau, ")")
    assert rates(warmed, tmp_path) == [0.05, 0.075, 0.1, 0.1, 0.1, 0.05]


def rates(settings: str, folder: Path) -> list[float]:
    """The rates of six epochs of one step that never get better."""
    graph, recipe = KERAS.linear(settings, folder)
    steps = KERAS.training.steps(graph, recipe, "float64")
    random = np.random.default_rng(0)
    steps.load({name: random.normal(size=one.shape) for name, one in graph.weights.items()})
    found = []
    for _ in range(6):
        inputs, targets = random.normal(size=(4, 5)), random.dirichlet(np.ones(3), size=4)
        found.append(steps.step({"x": inputs}, targets, 1).rate)
        steps.epoch_ended(1.0)
    return [round(one, 9) for one in found]
