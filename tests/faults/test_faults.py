"""Every planted fault is caught by verify, which names the right value; without it all is well."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import catch
from fault import Fault, Text, Vacuous
from faults import FAULTS

from archspec.verification import verify

UNJUDGED = [name for name, fault in FAULTS.items() if "gradients" in fault.kind]
"""Faults of which the NumPy reference cannot say that the other side is right."""


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    with catch.processes() as made:
        yield made


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_caught(name: str, running: Any, tmp_path: Path) -> None:
    found = catch.report(name, tmp_path, running)
    assert not catch.complaint(name, found), found.text()


@pytest.mark.parametrize("name", UNJUDGED)
def test_without_it_all_is_well(name: str, running: Any, tmp_path: Path) -> None:
    graph = catch.network(name, tmp_path)
    honest = [side for key, side in catch.SIDES.items() if key != FAULTS[name].side]
    found = verify(graph, [*honest, FAULTS[name].side], processes=running)
    assert found.passed, found.text()


def test_a_fault_that_changes_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = Fault("torch", "input x[3] dense(2)", Text("nn.Conv2d", "nn.Linear"), "dense")
    monkeypatch.setitem(FAULTS, "vacuous", fault)
    with pytest.raises(Vacuous, match=r"nn\.Conv2d"):
        catch.network("vacuous", tmp_path)
