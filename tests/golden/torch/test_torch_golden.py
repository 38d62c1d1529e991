"""The PyTorch code of shipped networks, as it was last read and approved.

Regenerate with ARCHSPEC_REGENERATE=1 and read what changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import archspec

HERE = Path(__file__).parent
NAMES = (
    "alexnet",
    "googlenet",
    "inception_v3",
    "lenet5",
    "resnet18",
    "resnet50",
    "siamese",
    "unet",
    "vgg16",
    "xception",
)


@pytest.mark.parametrize("name", NAMES)
def test_code_is_as_approved(name: str) -> None:
    generated = archspec.load(name).generate("torch")
    assert generated is not None
    file = HERE / f"{name}.py"
    if os.environ.get("ARCHSPEC_REGENERATE"):
        file.write_text(generated.files[f"{name}.py"])
    assert generated.files[f"{name}.py"] == file.read_text()


def test_resnet_is_short() -> None:
    text = (HERE / "resnet50.py").read_text()
    assert len(text.splitlines()) < 150
    assert "class Bottleneck(nn.Module):" in text
    assert "for i, depth in enumerate(depths):" in text
