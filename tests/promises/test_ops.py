"""What every op record promises, looked at over the whole registry."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from archspec.diagnostics import Report
from archspec.dimensions import Shape, show
from archspec.elaborate.elaborate import elaborate
from archspec.frontends.dsl.parser import parse
from archspec.ir import Graph
from archspec.ops import registry
from archspec.ops.attribute import REQUIRED
from archspec.ops.op import Example, Op
from archspec.source import SourceText
from archspec.syntax.program import Program
from archspec.verification.reference import evaluate
from archspec.weights import initial, perturbed

OPS = {name: registry.find(name) for name in registry.names()}
EXAMPLES = [
    pytest.param(op, example, id=f"{name}-{number}")
    for name, op in OPS.items()
    for number, example in enumerate(op.examples)
]


def outputs(example: Example) -> tuple[Shape, ...]:
    """The shapes that the example says come out."""
    stated = example.output
    several = bool(stated) and isinstance(stated[0], tuple)
    return stated if several else (stated,)


def spec(op: Op, example: Example) -> str:
    """The text of a network that applies the example's call to inputs of its shapes."""
    results = [f"y{number}" for number in range(len(outputs(example)))]
    shapes = example.inputs or outputs(example)
    names = [f"x{number}" for number in range(len(shapes))]
    lines = [f"input {name}{show(size)}" for name, size in zip(names, shapes, strict=True)]
    if example.inputs:
        lines.append(f"{', '.join(results)}: from {', '.join(names)} -> {example.call}")
    else:
        lines += [f"made: {example.call}", "y0: add(x0, made)"]
    lines.append(f"output {', '.join(results)}")
    return "network one {\n  " + "\n  ".join(lines) + "\n}\n"


@cache
def graph(op: Op, example: Example) -> Graph:
    """The elaborated network of the example."""
    report = Report()
    file = parse(SourceText(f"{op.name}.arch", spec(op, example)), report)
    program = Program(file, parse)
    found = elaborate(program, "one", report)
    assert not report.diagnostics, (spec(op, example), report.diagnostics)
    assert found is not None
    return found


def data(op: Op, example: Example, dtype: str, lowest: float = -3.0) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    shapes = example.inputs or outputs(example)
    return {
        f"x{number}": random.uniform(lowest, 4.0, (3, *shape)).astype(dtype)
        for number, shape in enumerate(shapes)
    }


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_record_is_complete(op: Op) -> None:
    folder = Path(sys.modules["archspec.ops"].__file__).parent / op.family
    assert (folder / f"{op.name}.py").exists()
    assert op.summary.endswith(".")
    assert "\n" not in op.summary
    assert len(op.summary) < 80
    assert len(op.doc) > 25
    assert op.doc.rstrip(")").endswith(".")
    assert op.source
    assert op.examples
    assert (op.reference is None) == (op.expansion is not None)
    assert op.join == (op.inputs[1] is None)
    for attribute in op.attributes:
        assert attribute.doc, attribute.name
        assert not attribute.doc.endswith("."), attribute.name
        switch = op.attribute(attribute.needs)
        assert not attribute.needs or (switch is not None and switch.kind == "bool"), attribute.name
        default = attribute.default_value(2)
        assert default is REQUIRED or default is None or attribute.store(default, 2) == default


@pytest.mark.parametrize(("op", "example"), EXAMPLES)
def test_example_makes_what_it_states(op: Op, example: Example) -> None:
    found = graph(op, example)
    assert tuple(value.shape for value in found.outputs) == outputs(example)
    values, _ = evaluate(found, initial(found), data(op, example, "float32"))
    for node in found.nodes:
        made = node.op.weights(node.attributes, [value.shape for value in node.inputs])
        assert {one.name: tuple(one.shape) for one in made} == {
            role: weight.shape for role, weight in node.weights.items()
        }
        for value in node.outputs:
            assert values[value.name].shape == (3, *value.shape)
        shapes = [value.shape for value in node.inputs], [value.shape for value in node.outputs]
        macs = node.op.macs(node.attributes, *shapes)
        assert isinstance(macs, int)
        assert macs >= 0


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("op", "example"), EXAMPLES)
def test_reference_keeps_the_dtype(op: Op, example: Example, dtype: str, training: bool) -> None:
    found = graph(op, example)
    weights = perturbed(found, dtype=dtype)
    values, updates = evaluate(found, weights, data(op, example, dtype), training)
    assert {str(array.dtype) for array in (*values.values(), *updates.values())} == {dtype}
    statistics = {name for name, weight in found.weights.items() if not weight.trainable}
    assert set(updates) == (statistics if training else set())
    assert all(np.isfinite(array).all() for array in values.values())


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize(("op", "example"), EXAMPLES)
def test_signs_are_as_promised(op: Op, example: Example, training: bool) -> None:
    found = graph(op, example)
    for lowest in (-6.0, 0.0):
        inputs = data(op, example, "float64", lowest)
        values, _ = evaluate(found, perturbed(found), inputs, training)
        least = min(values[value.name].min() for value in found.outputs)
        if op.non_negative or (op.keeps_sign and lowest == 0):
            assert least >= 0


@pytest.mark.parametrize(
    "op", [op for op in OPS.values() if op.family == "activation"], ids=lambda op: op.name
)
def test_activations_are_stable(op: Op) -> None:
    """Large values neither overflow nor make NaN, and NaN is passed on."""
    found = graph(op, op.examples[0])
    inputs = data(op, op.examples[0], "float32")
    (name,) = inputs
    output = found.outputs[0].name
    inputs[name] *= 1e4
    with np.errstate(over="raise", invalid="raise"):
        assert np.isfinite(evaluate(found, {}, inputs)[0][output]).all()
    inputs[name][:] = np.nan
    with np.errstate(invalid="ignore"):
        assert np.isnan(evaluate(found, {}, inputs)[0][output]).all()
