"""Every network that can be drawn computes the same in both frameworks and in NumPy.

`ARCHSPEC_NETWORKS=500` draws that many; `ARCHSPEC_SEED` draws others; `make agreement` draws 2,000.
A network that ever failed is kept in `tests/spec/agreement.md`. With `-m full` hypothesis draws,
and shrinks what fails.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from archspec.diagnostics import Report
from archspec.lowering.discovery import backends
from archspec.lowering.make import generate
from archspec.testing import DrawnNetwork, Wrong, assert_agreement, disagreements, networks
from archspec.testing.campaign import drawn
from archspec.testing.compiled import findings, graph_of
from archspec.testing.judge import judge
from archspec.testing.side import run_side
from archspec.testing.static import code_faults, ruff_faults, text_faults

# TensorFlow reads these when it is imported.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")

KEPT = Path(__file__).parents[1] / "spec" / "agreement.md"
CASE = re.compile(r"^## (.+?)\n.*?^```arch\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COUNT = int(os.environ.get("ARCHSPEC_NETWORKS", "8"))
SEED = int(os.environ.get("ARCHSPEC_SEED", "0"))
NAMES = ("torch", "keras")


def kept() -> dict[str, str]:
    return dict(CASE.findall(KEPT.read_text(encoding="utf-8")))


def fresh() -> dict[str, str]:
    return {f"number {number}": drawn(SEED, number).text for number in range(COUNT)}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("source", [kept, fresh])
def test_networks_agree(source: Callable[[], dict[str, str]]) -> None:
    wrong: dict[str, object] = {}
    for title, text in source().items():
        graph = graph_of(text)
        found: object = findings(text) if graph is None else disagreements(graph)
        if found:
            wrong[title] = (found, text)
    report = "\n".join(f"{title}: {found}\n{text}" for title, (found, text) in wrong.items())
    assert not wrong, report


@pytest.mark.filterwarnings("ignore")
def test_detours_and_multiply_adds_are_compared() -> None:
    text = "network net {\n  input image[5, 2]\n  conv(3, 2) -> batch_norm\n}\n"
    graph = graph_of(text)
    assert graph is not None
    sides = [run_side(one, backends()[one], graph, compiler="aot_eager") for one in NAMES]
    assert not judge(graph, sides)
    for side in sides:
        assert side.multiply_adds == 4 * 2 * 2 * 3
        wrong = replace(side, multiply_adds=1, detours=[Wrong("detour", "changed")])
        assert {one.kind for one in judge(graph, [wrong])} == {"count", "detour"}


def test_code_is_the_same_twice_and_formatted() -> None:
    sources: dict[str, str] = {}
    for number in range(5 * COUNT):
        network = drawn(SEED, number)
        assert not list(text_faults(network)), network.text
        for name in NAMES:
            report = Report()
            first, second = (generate(name, network.graph, report) for _ in range(2))
            assert {one.code for one in report.diagnostics} <= {"not-lowerable"}, network.text
            if first is None or second is None:
                assert report.failed
                continue
            assert not list(code_faults(name, first, second)), network.text
            for file, source in first.files.items():
                sources[f"network_{number}_{name}_{file}"] = source
    assert not ruff_faults({file: one for file, one in sources.items() if file.endswith(".py")})
    assert ruff_faults({"one.py": "import os\nx = 'a'\n"})


@pytest.mark.full
@pytest.mark.filterwarnings("ignore")
def test_shrunk_networks_agree() -> None:
    @settings(max_examples=10 * COUNT, deadline=None, suppress_health_check=list(HealthCheck))
    @given(networks())
    def agree(network: DrawnNetwork) -> None:
        assert_agreement(network)

    agree()
