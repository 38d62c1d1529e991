"""Odd but legal networks compute the same in both frameworks and in NumPy, from formatted code."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from archspec.lowering.discovery import backends
from archspec.testing import disagreements
from archspec.testing.compiled import graph_of
from archspec.testing.static import ruff_faults

# TensorFlow reads these when it is imported.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")

CASE = re.compile(r"^## (.+?)\n.*?^```arch\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASES = dict(CASE.findall(Path(__file__).with_name("odd_networks.md").read_text(encoding="utf-8")))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("title", CASES)
def test_an_odd_network_agrees(title: str) -> None:
    graph = graph_of(CASES[title])
    assert graph is not None
    assert not disagreements(graph, dtypes=["float64"])


def test_code_of_odd_networks_is_formatted() -> None:
    sources = {}
    for number, text in enumerate(CASES.values()):
        graph = graph_of(text)
        assert graph is not None
        for name in ("torch", "keras"):
            for file, source in backends()[name].generate(graph).files.items():
                sources[f"odd_{number}_{name}_{file}"] = source
    assert not ruff_faults(sources)
