"""Whole processes: what a person waits for at the prompt."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import process_seconds, ratio, seconds

TORCHINFO = """
import sys; sys.path.insert(0, {folder!r})
from resnet152 import Resnet152 as network
import torchinfo
torchinfo.summary(network(), (1, 3, 224, 224), verbose=0)
"""

KERAS = """
import keras
keras.applications.ResNet152(weights=None).count_params()
"""


def rows() -> Iterator[str]:
    """Compare `check` and `generate` of ResNet-152 with the bare interpreter and other tools."""
    import archspec

    python = sys.executable
    tool = str(Path(python).parent / "archspec")
    with tempfile.TemporaryDirectory() as folder:
        made = archspec.load("resnet152").generate("torch")
        for name, text in made.files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        script = TORCHINFO.format(folder=folder).replace(
            "from resnet152 import Resnet152", f"from {made.module} import {made.entry}"
        )
        light = process_seconds(
            {
                "interpreter": [python, "-c", "pass"],
                "check": [tool, "check", "resnet152"],
                "generate": [
                    *(tool, "generate", "resnet152", "--backend", "torch"),
                    *("--force", "-o", folder),
                ],
            },
            rounds=15,
        )
        heavy = process_seconds(
            {"torchinfo": [python, "-c", script], "keras": [python, "-c", KERAS]}, rounds=2
        )
    yield seconds("bare interpreter", light["interpreter"])
    yield seconds("archspec check resnet152", light["check"])
    value = light["check"] / light["interpreter"]
    yield ratio("check / bare interpreter", value, "<= 12", value <= 12)
    for name, seen in heavy.items():
        value = seen / light["check"]
        yield ratio(f"{name} counting the same network / check", value, ">= 25", value >= 25)
    yield seconds("archspec generate resnet152 --backend torch", light["generate"])
    yield ratio("generate in seconds", light["generate"], "<= 0.5", light["generate"] <= 0.5)
