"""A failing network is shrunk to a few lines, and the command of a finding works when pasted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archspec.compiler import load
from archspec.ir import Graph
from archspec.verification import VerifyReport, verify
from archspec.verification.minimal import minimal
from archspec.verification.single import single
from archspec.verification.smaller import proposals, size

BLOCKS = """
let wide(n: int) = 2 * n
block stage(filters: int, act: layer = relu) { conv(filters, 3, padding=same) -> batch_norm -> act }
"""
SPEC = """
use stage, wide from "blocks.arch"

## Says something.
network net(width: int = 2, depth: int = 2) {
  input image[9, 8, 2]
  repeat depth { stage(width) }
  stage(wide(width)) -> [9, 8, wide(width)]
  concat { | left: conv(2, 1) | right: avg_pool(1) }
  global_avg_pool -> dense(3) -> softmax
}
"""
FOLDER = str(Path(__file__).parent)
BACKENDS = ["fakes:Honest", "fakes:DroppedActivation"]


@pytest.fixture(autouse=True)
def _fakes_are_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", FOLDER)
    monkeypatch.syspath_prepend(FOLDER)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "blocks.arch").write_text(BLOCKS)
    made = tmp_path / "net.arch"
    made.write_text(SPEC)
    return made


def failing(path: Path) -> VerifyReport:
    graph = load(path).graph(overrides=["width=3"], sizes={"image": (5, 4, 2)})
    assert graph is not None
    return verify(graph, BACKENDS, seed=4)


def graph_of(report: VerifyReport) -> Graph:
    assert report.graph is not None
    return report.graph


def test_one_file_holds_all_that_the_network_uses(path: Path) -> None:
    graph = load(path).graph(overrides=["width=3"], sizes={"image": (5, 4, 2)})
    assert graph is not None
    from archspec.frontends.dsl.printer import print_file

    alone = path.parent / "alone.arch"
    alone.write_text(print_file(single(graph)))
    found = load(alone).graph("net")
    assert found is not None
    assert [node.name for node in found.nodes] == [node.name for node in graph.nodes]
    assert [one.shape for one in found.outputs] == [one.shape for one in graph.outputs]
    assert [node.attributes for node in found.nodes] == [node.attributes for node in graph.nodes]


def test_every_proposal_leaves_the_tree_as_it_was(path: Path) -> None:
    graph = load(path).graph()
    assert graph is not None
    file = single(graph)
    before = repr(file), size(file)
    assert sum(size(one) < before[1] for one in proposals(file)) > 50
    assert (repr(file), size(file)) == before


def test_a_failing_network_becomes_a_few_lines(path: Path) -> None:
    report = failing(path)
    found = minimal(graph_of(report), report)
    assert found is not None
    assert found.complete
    assert found.verified <= 100
    alone = path.parent / "alone.arch"
    alone.write_text(found.text)
    graph = load(alone).graph("net")
    assert graph is not None, found.text
    assert [node.op.name for node in graph.nodes] == ["relu"], found.text
    assert {one.op for one in verify(graph, BACKENDS, seed=4).findings} == {"relu"}


def test_the_command_of_a_finding_works_when_pasted(path: Path) -> None:
    report = load(path).verify(
        overrides={"width": 3}, size=(5, 4), backends=BACKENDS, trials=2, seed=7
    )
    assert report is not None
    (finding, *_) = report.findings
    shown = pasted(f"{finding.command} --json", path.parent)
    (found, *_) = json.loads(shown.stdout)["findings"]
    assert shown.returncode == 1
    assert (found["value"], found["index"]) == (finding.value, list(finding.index))
    assert found["numbers"] == finding.numbers


def test_the_command_line_writes_a_small_spec_once(path: Path) -> None:
    words = f"archspec verify {path.name} --backends {','.join(BACKENDS)} --minimal small.arch"
    shown = pasted(f"{words} --size 4 --json", path.parent)
    told = json.loads(shown.stdout)["minimal"]
    assert told["file"] == "small.arch"
    again = pasted(told["command"], path.parent)
    assert again.returncode == 1
    assert "first in value `" in again.stdout
    refused = pasted(words, path.parent)
    assert refused.returncode == 2
    assert "would overwrite small.arch" in refused.stderr


def pasted(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    places = [str(Path(sys.executable).parent), os.environ["PATH"]]
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": os.pathsep.join(places)},
        capture_output=True,
        text=True,
        check=False,
    )
