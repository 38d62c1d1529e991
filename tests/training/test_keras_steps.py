"""Steps of generated Keras scripts against the definitions in the records, in float64."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from keras_cases import follow, linear
from test_torch_steps import DECAYS, DROP, LOSSES, OPTIMIZERS, SCHEDULES

RULES = [
    *(
        f"optimizer: {optimizer}\nweight_decay: {decay}"
        for optimizer in ("sgd(momentum=0.9)", "adamw()")
        for decay in DECAYS
        if optimizer != "adamw()" or "decoupled" in decay
    ),
    *(
        f"optimizer: adam()\nclip: {clip}\nweight_decay: l2(0.1, on=all)"
        for clip in ("global_norm(0.2)", "norm(0.1)", "value(0.05)")
    ),
    "optimizer: rmsprop()\naccumulate: 2\nweight_decay: decoupled(0.1, on=all)",
]


@pytest.mark.parametrize("optimizer", [*OPTIMIZERS, "adam()"])
def test_optimizers_are_those_of_the_records(optimizer: str, tmp_path: Path) -> None:
    follow(*linear(f"optimizer: {optimizer}\n{DROP}", tmp_path), many=50)


@pytest.mark.parametrize("settings", RULES)
def test_decays_and_clips_are_those_of_the_records(settings: str, tmp_path: Path) -> None:
    drop = "schedule: piecewise(epochs=[1], values=[0.1, 0.01])\n"
    follow(*linear(f"{settings}\n{drop}", tmp_path), many=7, per_epoch=5)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_schedules_are_those_of_the_records(schedule: str, tmp_path: Path) -> None:
    settings = f"optimizer: sgd(learning_rate=0.1, momentum=0.9)\nschedule: {schedule}"
    follow(*linear(settings, tmp_path), many=13, per_epoch=3)


@pytest.mark.parametrize("loss", LOSSES)
def test_losses_are_those_of_the_records(loss: str, tmp_path: Path) -> None:
    settings = f"loss: {loss}\noptimizer: sgd(momentum=0.9)\n{DROP}"
    follow(*linear(settings, tmp_path, LOSSES[loss]), many=3)
