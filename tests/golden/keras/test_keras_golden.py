"""The Keras code of networks, as it was last read and approved.

Regenerate with ARCHSPEC_REGENERATE=1 and read what changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import archspec

HERE = Path(__file__).parent
SHIPPED = (
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
OFFICIAL = ("InceptionV3", "MobileNet")
CASES = [(name, name) for name in SHIPPED]
CASES += [(f"keras/{name}", name) for name in OFFICIAL]
CASES += [
    (str(HERE / f"{file}.arch"), network)
    for file, networks in (
        ("blocks", ("mobile", "densenet", "resnext")),
        ("windows", ("paddings", "kernels", "pooling", "volume", "separables")),
        ("values", ("skips", "shared", "bodies", "sequence", "names", "layers_as_arguments")),
        ("values", ("rounds", "helped")),
    )
    for network in networks
]


@pytest.mark.parametrize(("target", "network"), CASES, ids=[name for _, name in CASES])
def test_code_is_as_approved(target: str, network: str) -> None:
    generated = archspec.load(target, network).generate("keras")
    assert generated is not None
    text = generated.files[f"{network}.py"]
    file = HERE / f"{network}.py"
    if os.environ.get("ARCHSPEC_REGENERATE"):
        file.write_text(text)
    assert text == file.read_text()


def test_every_file_is_checked() -> None:
    approved = {file.stem for file in HERE.glob("*.py") if not file.name.startswith("test_")}
    assert approved == {network for _, network in CASES}


def test_resnet_is_short() -> None:
    text = (HERE / "resnet50.py").read_text()
    assert len(text.splitlines()) < 100
    assert "def bottleneck(" in text
    assert "for i, depth in enumerate(depths):" in text
