"""verify catches what is wrong, names the right value, and says who is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archspec.compiler import load
from archspec.ir import Graph
from archspec.verification import VerifyReport, graph_file, verify
from archspec.verification.pool import pool

SPEC = """
block stage(filters: int) {
  conv(filters, 3, padding=same) -> batch_norm -> relu
}

network tiny(classes: int = 3) {
  input image[5, 4, 2]
  stem: stage(3)
  concat { | left: conv(2, 1) | right: avg_pool(1) -> leaky_relu(0.1) }
  global_avg_pool
  head: dense(classes) -> softmax
}
"""


@pytest.fixture(autouse=True)
def _fakes_are_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(Path(__file__).parent)
    monkeypatch.setenv("PYTHONPATH", folder)
    monkeypatch.syspath_prepend(folder)


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    path = tmp_path / "tiny.arch"
    path.write_text(SPEC)
    compilation = load(path)
    found = compilation.graph()
    assert found is not None, compilation.diagnostics
    return found


def against(graph: Graph, *names: str) -> VerifyReport:
    return verify(graph, [f"fakes:{name}" for name in ("Honest", *names)])


def test_equal_back_ends_pass(graph: Graph) -> None:
    names = ["fakes:Honest", "fakes:Honest2"]
    report = verify(graph, names, trials=2, seed=5)
    assert report.passed, report.text()
    kinds = {(one.dtype, one.mode, one.kind) for one in report.comparisons}
    assert len(kinds) == 2 * (3 + 4)
    assert {one.seed for one in report.comparisons} == {5, 6}
    assert "compute the same" in report.text()
    made = json.loads(json.dumps(report.json(), allow_nan=False))
    assert made["passed"] is True
    assert made["backends"] == names


@pytest.mark.parametrize(
    ("fault", "value", "line", "trace", "words"),
    [
        ("WrongEpsilon", "stem.stage.batch_norm", 3, "tiny ▸ stem ▸ stage (filters=3)", "value"),
        ("SwappedBranches", "concat", 9, "tiny ▸ concat", "value"),
        ("DroppedActivation", "stem.stage.relu", 3, "tiny ▸ stem ▸ stage (filters=3)", "value"),
        ("NotANumber", "head.dense", 11, "tiny ▸ head ▸ dense", "not finite"),
        ("UnbiasedVariance", "stem.stage.batch_norm.variance", 3, "", "running statistic"),
    ],
)
def test_faults_are_found_where_they_are(
    graph: Graph, fault: str, value: str, line: int, trace: str, words: str
) -> None:
    report = against(graph, fault)
    assert not report.passed
    (finding,) = report.findings
    assert finding.value == value
    assert words in finding.message
    assert f"tiny.arch:{line}:" in finding.place
    assert finding.trace.startswith(trace)
    assert finding.verdict == (
        f"the NumPy reference agrees with fakes:Honest, so fakes:{fault} is wrong"
    )
    mine, other, reference = finding.numbers.values()
    assert mine == reference != other
    assert finding.command.endswith(
        f"tiny.arch --network tiny --backends fakes:Honest,fakes:{fault} --seed 0"
    )
    json.dumps(report.json(), allow_nan=False)


def test_a_wrong_gradient_is_found_at_the_layer_nearest_to_the_output(graph: Graph) -> None:
    (finding,) = against(graph, "WrongBackward").findings
    assert finding.value == "stem.stage.batch_norm.scale"
    assert "the gradient of" in finding.message


def test_what_a_model_does_not_show_is_named_too(graph: Graph) -> None:
    (finding,) = against(graph, "SecretiveDroppedActivation").findings
    assert finding.value == "left.conv"
    assert "before it `stem.stage.relu` could not be seen" in finding.message


def test_a_mistake_in_float32_alone_is_found(graph: Graph) -> None:
    report = against(graph, "Half")
    assert {one.dtype for one in report.comparisons if not one.passed} == {"float32"}
    assert "float32" in report.findings[0].message


def test_rounding_is_no_mistake_where_all_gradients_are_zero(tmp_path: Path) -> None:
    path = tmp_path / "zero.arch"
    path.write_text("network zero { input image[4, 4, 2] conv(1, 1) -> softmax }")
    graph = load(path).graph()
    assert graph is not None
    report = verify(graph, ["fakes:Honest", "fakes:Rounding"])
    assert report.passed, report.text()


def test_one_back_end_is_compared_with_the_reference(graph: Graph) -> None:
    assert verify(graph, ["fakes:Honest"]).passed
    (finding,) = verify(graph, ["fakes:DroppedActivation"]).findings
    assert finding.value == "stem.stage.relu"


def test_a_crash_is_a_finding_and_harms_nobody_else(graph: Graph) -> None:
    report = against(graph, "Crashing", "Raising")
    crashed, raised = (finding.message for finding in report.findings)
    assert "fakes:Crashing failed: the process ended with exit code 3" in crashed
    assert "the last words" in crashed
    assert "fakes:Raising failed: building the network: RuntimeError: no such layer" in raised
    assert all(one.passed for one in report.comparisons)
    assert not report.passed


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("Hanging", "no answer after 2 seconds, so the process was ended"),
        ("Killed", "the process ended with signal SIGKILL, as when memory runs out"),
    ],
)
def test_what_hangs_or_is_killed_is_a_finding(graph: Graph, fault: str, words: str) -> None:
    names = ["fakes:Honest", f"fakes:{fault}"]
    (finding,) = verify(graph, names, patience=2).findings
    assert f"fakes:{fault} failed: {words}" in finding.message
    assert finding.kind == "failure"


def test_an_output_of_a_wrong_shape_is_named(graph: Graph) -> None:
    (finding,) = against(graph, "WrongShape").findings
    assert finding.value == "head.softmax"
    assert "the shapes are (3, 3) and (3, 4)" in finding.message


def test_what_is_not_finite_on_both_sides_is_a_finding(graph: Graph) -> None:
    report = verify(graph, ["fakes:Infinite", "fakes:Infinite2"])
    (finding,) = report.findings
    assert "1 NaN and 1 inf and 1 -inf against 1 NaN and 1 inf and 1 -inf" in finding.message
    assert "on both sides" in finding.message
    assert not any(one.passed for one in report.comparisons if one.kind == "outputs")
    (told,) = json.loads(json.dumps(report.json(), allow_nan=False))["findings"]
    assert {told["numbers"][name] for name in report.backends} == {"inf"}


def test_the_guide_names_every_key(graph: Graph) -> None:
    guide = Path(__file__).parents[2] / "docs" / "guide" / "verification.md"
    told = against(graph, "DroppedActivation").json()
    keys = [*told, *told["comparisons"][0], *told["findings"][0]]
    assert [key for key in keys if f"`{key}`" not in guide.read_text()] == []


def test_processes_serve_several_networks_and_outlive_a_crash(graph: Graph) -> None:
    names = ["fakes:Honest", "fakes:Crashing"]
    with pool() as processes:
        for _ in range(2):
            (finding,) = verify(graph, names, processes=processes).findings
            assert "exit code 3" in finding.message
        assert verify(graph, ["fakes:Honest", "fakes:Honest2"], processes=processes).passed


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["fakes:NotInstalled", "fakes:NotInstalled2"], ["backend-not-installed"] * 2),
        (["fakes:Honest", "fakes:Refusing"], ["not-lowerable"]),
        (["troch", "fakes:Honest"], ["unknown-backend"]),
    ],
)
def test_what_cannot_take_part_is_told(graph: Graph, names: list[str], codes: list[str]) -> None:
    report = verify(graph, names)
    assert [one.code for one in report.diagnostics] == codes
    assert not report.comparisons
    assert not report.passed


def test_a_graph_is_made_again_from_its_bytes(graph: Graph) -> None:
    found = graph_file.load(graph_file.dump(graph))
    assert [node.name for node in found.nodes] == [node.name for node in graph.nodes]
    assert [node.attributes for node in found.nodes] == [node.attributes for node in graph.nodes]
    assert list(found.weights) == list(graph.weights)
    assert [repr(one.site.span) for one in found.root.walk()] == [
        repr(one.site.span) for one in graph.root.walk()
    ]


def test_a_graph_keeps_files_parameters_and_sizes(tmp_path: Path) -> None:
    (tmp_path / "blocks.arch").write_text("block twice(body: layer) { body -> body }\n")
    path = tmp_path / "main.arch"
    path.write_text(
        """use twice from "blocks.arch"
        network n(width: int = 2, act: layer = relu) {
          input image[8, 8, 3]
          twice(conv(width, 3)) -> act
        }"""
    )
    sizes = {"image": (9, 7, 3)}
    graph = load(path).graph(overrides=["width=5", "act=leaky_relu(0.5)"], sizes=sizes)
    assert graph is not None
    found = graph_file.load(graph_file.dump(graph))
    assert found.outputs[0].shape == graph.outputs[0].shape == (5, 3, 5)
    assert found.nodes[-1].attributes == graph.nodes[-1].attributes
