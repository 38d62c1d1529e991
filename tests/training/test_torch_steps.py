"""Steps of generated PyTorch scripts against the definitions in the records, in float64."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cases import TORCH, of_digits
from records import follow
from settings import CASES, DROP, LOSSES, OF_CLASSES


@pytest.mark.parametrize("settings", CASES)
def test_steps_are_those_of_the_records(settings: str, tmp_path: Path) -> None:
    follow(TORCH.training, *TORCH.linear(settings, tmp_path))


@pytest.mark.parametrize("loss", LOSSES)
def test_losses_are_those_of_the_records(loss: str, tmp_path: Path) -> None:
    settings = f"loss: {loss}\noptimizer: sgd(momentum=0.9)\n{DROP}"
    follow(TORCH.training, *TORCH.linear(settings, tmp_path, LOSSES[loss]))


@pytest.mark.parametrize("loss", OF_CLASSES)
def test_numbers_of_classes_are_distributions_that_are_sure(loss: str, tmp_path: Path) -> None:
    graph, recipe = TORCH.linear(f"loss: {loss}\noptimizer: sgd(momentum=0.9)\n{DROP}", tmp_path)
    follow(TORCH.training, graph, of_digits(recipe))
