"""PyTorch activations write over their input exactly where nothing can notice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import archspec
from archspec.ir import Graph
from archspec.lowering.backend import Outcome
from archspec.verification.reference import evaluate
from archspec.weights import perturbed
from archspec_torch import Backend
from archspec_torch.writing.overwriting import Overwriting

# By the number of `inplace=True` that the code has.
SAFE = {
    "rows_of_modules": (
        2,
        "stem: { conv(4, 3) -> relu -> conv(4, 1) -> batch_norm -> relu6 }\nrelu",
    ),
    "an_expression": (1, "add { | conv(3, 1) | identity } -> relu"),
    "a_dense_layer": (1, "flatten -> dense(5) -> relu"),
    "a_layer_parameter": (1, "unit(4) -> unit(5, act=relu6) -> unit(3, act=identity)"),
    "before_activation": (2, "conv(4, 1) -> repeat 2 { ahead }"),
    "behind_a_block": (2, "plain(4) -> relu -> wrapped(true) -> relu -> wrapped(false)"),
    "behind_a_shared_layer": (1, "layer one = conv(3, 1)\none -> relu -> one"),
    "a_sum": (2, "add { identity | plain(3) } -> relu -> add { plain(3) | tanh } -> relu"),
    "behind_a_label": (1, "v: { conv(4, 1) -> batch_norm }\nrelu"),
}

UNSAFE = {
    "used_twice": "v: conv(4, 1)\nadd { | from v -> relu | from v -> batch_norm }",
    "an_output": "v: conv(4, 1)\nw: relu\noutput v, w",
    "the_input_of_the_network": "a: relu -> conv(4, 1)",
    "the_input_of_a_block": "conv(4, 1) -> add { | late | identity }",
    "behind_identity": "conv(4, 1) -> add { | identity -> relu | identity }",
    "behind_split": "v: conv(4, 1)\na, b: split(2)\nconcat { from a -> relu | from b | from v }",
    "the_gradient_reads_it": "conv(4, 1) -> sigmoid -> relu6 -> conv(2, 1)",
    "every_round_reads_it": "v: conv(4, 1)\nrepeat 2 { multiply { tanh | from v -> relu6 } }",
    "a_shared_layer": "layer act = { relu -> conv(4, 1) }\nv: conv(4, 1)\nadd { | act | from v }",
    "a_branch_that_may_be_missing": "batch_norm -> add { | identity | maybe(true) | maybe(false) }",
    "a_block_that_may_give_its_input": "batch_norm -> add "
    "{ | passed(true) -> relu | passed(false) -> relu | identity }",
    "a_parameter_that_cannot": "unit(4) -> unit(4, act=tanh)",
}
"""Networks where some activation must leave its input alone."""

BLOCKS = """
block unit(n: int, act: layer = relu) { conv(n, 3, padding=same) -> batch_norm -> act }
block outer(n: int, outside: layer = tanh) { unit(n, act=outside) }
block ahead { add { | identity | batch_norm -> relu -> conv(input.channels, 1) } -> relu }
block normed(n: int, norm: layer = identity) { conv(n, 1) -> norm }
block plain(n: int) { conv(n, 1) -> batch_norm }
block wrapped(deep: bool) { if deep { plain(input.channels) } else { conv(input.channels, 3) } }
block passed(on: bool) { if on { batch_norm } else { identity } }
block late { relu -> conv(input.channels, 1) }
block maybe(keep: bool) {
  add { | main: if keep { conv(input.channels, 1) } else { identity }
        | skip: if keep { identity } else { none } } -> relu
}
"""


def graph_of(body: str, folder: Path) -> Graph:
    file = folder / "t.arch"
    file.write_text(f"{BLOCKS}\nnetwork t {{\n  input image[5, 4, 3]\n{body}\n}}\n")
    found = archspec.load(file)
    graph = found.graph()
    assert graph is not None, [one.message for one in found.diagnostics]
    return graph


def code_of(graph: Graph) -> str:
    return Backend().generate(graph).files["t.py"]


def outcome_of(graph: Graph, training: bool) -> Outcome:
    model, random = Backend().build(graph, "float64"), np.random.default_rng(0)
    model.load(perturbed(graph))
    inputs = {"image": random.normal(0.2, 1, (3, 5, 4, 3))}
    named = zip(graph.output_names, graph.outputs, strict=True)
    cotangents = {name: random.normal(size=(3, *value.shape)) for name, value in named}
    return model.run(inputs, cotangents, training=training)


def same(left: Outcome, right: Outcome) -> bool:
    kinds = ("outputs", "input_gradients", "weight_gradients", "statistics")
    pairs = [(getattr(left, kind), getattr(right, kind)) for kind in kinds]
    return all(
        one.keys() == two.keys() and all(np.allclose(one[k], two[k], 1e-12, 1e-12) for k in one)
        for one, two in pairs
    )


@pytest.mark.parametrize("name", [*SAFE, *UNSAFE])
def test_nothing_changes_but_the_memory(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = graph_of(UNSAFE.get(name) or SAFE[name][1], tmp_path)
    found = [outcome_of(graph, training) for training in (False, True)]
    monkeypatch.setattr(Overwriting, "overwrites", lambda self, element: False)
    monkeypatch.setattr(Overwriting, "accumulates", lambda self, element: None)
    assert "inplace" not in code_of(graph)
    assert "+=" not in code_of(graph)
    assert same(found[0], outcome_of(graph, False))
    assert same(found[1], outcome_of(graph, True))


@pytest.mark.parametrize("name", SAFE)
def test_safe_activations_overwrite(name: str, tmp_path: Path) -> None:
    count, body = SAFE[name]
    assert code_of(graph_of(body, tmp_path)).count("inplace=True") == count


ADDED = {
    "add { identity | plain(3) } -> relu": "x += image",
    "plain(4) -> add { plain(4) | conv(4, 1) } -> relu": "out += self.branch_2(x)",
    "plain(4) -> add { main: { tanh -> conv(4, 1) } | relu } -> relu": "out += F.relu(x)",
    "unit(3) -> add { unit(3, act=identity) | identity } -> relu": "out += x",
    "unit(3, act=identity) -> add { unit(3) | identity } -> relu": "",
    "add { tanh | identity } -> relu": "",
    "add { conv(3, 1) -> relu | identity } -> relu": "",
    "add { conv(3, 1) | identity } -> tanh": "",
    "add { conv(3, 1) | conv(3, 1) | identity } -> relu": "",
    "add { add { weight([5, 4, 3]) | weight([5, 4, 3]) } | identity } -> relu": "",
}
"""What is added in the memory of one of two branches."""


@pytest.mark.parametrize("body", ADDED)
def test_sums_before_activations_need_no_memory(
    body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = graph_of(body, tmp_path)
    found = [line.strip() for line in code_of(graph).splitlines() if "+=" in line]
    assert found == [ADDED[body]] * bool(ADDED[body])
    outcome = outcome_of(graph, True)
    monkeypatch.setattr(Overwriting, "accumulates", lambda self, element: None)
    assert same(outcome, outcome_of(graph, True))


def test_defaults_that_nobody_uses_count_too(tmp_path: Path) -> None:
    # What is handed on is tanh by default, which knows no `inplace`.
    assert "inplace" not in code_of(graph_of("outer(4, outside=relu) -> conv(2, 1)", tmp_path))


def test_a_parameter_that_is_never_an_activation_is_not_told(tmp_path: Path) -> None:
    assert "inplace" not in code_of(graph_of("normed(4) -> normed(2)", tmp_path))


@pytest.mark.parametrize("name", UNSAFE)
def test_overwriting_everywhere_would_be_noticed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = graph_of(UNSAFE[name], tmp_path)
    assert "inplace" not in code_of(graph)
    right = outcome_of(graph, True)
    monkeypatch.setattr(Overwriting, "overwrites", lambda self, element: True)
    assert "inplace=True" in code_of(graph)
    try:
        noticed = not same(right, outcome_of(graph, True))
    except (RuntimeError, TypeError):
        noticed = True
    assert noticed


def test_trace_tells_values_that_are_overwritten_afterwards(tmp_path: Path) -> None:
    graph = graph_of(SAFE["rows_of_modules"][1], tmp_path)
    model, weights = Backend().build(graph, "float64"), perturbed(graph)
    model.load(weights)
    inputs = {"image": np.random.default_rng(0).normal(size=(2, 5, 4, 3))}
    values, _ = evaluate(graph, weights, inputs)
    traced = model.trace(inputs)
    assert {"stem.conv", "stem.batch_norm", "stem.relu6"} <= traced.keys()
    for name, array in traced.items():
        np.testing.assert_allclose(array, values[name], 1e-9, 1e-12)
