"""Every op that Keras does not refuse computes, in Keras, what its NumPy reference computes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from archspec.diagnostics import Report
from archspec.dimensions import Shape, show
from archspec.elaborate.elaborate import elaborate
from archspec.frontends.dsl.parser import parse
from archspec.ir import Graph
from archspec.ops import registry
from archspec.ops.op import Example
from archspec.source import SourceText
from archspec.syntax.program import Program
from archspec.verification.reference import evaluate
from archspec.weights import initial, perturbed
from archspec_keras import Backend

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
pytest.importorskip("tensorflow")

Arrays = Mapping[str, np.ndarray]

FURTHER = (
    Example("conv(4, 3, stride=2, dilation=2, padding=half)", ((9, 8, 2),), (5, 4, 4)),
    Example("conv(4, 3, stride=[2, 1], dilation=[1, 2], padding=same)", ((9, 8, 2),), (5, 8, 4)),
    Example("conv(4, [2, 3], padding=half)", ((6, 7, 2),), (5, 7, 4)),
    Example("conv(4, 3, padding=[[0, 2], 1])", ((6, 7, 2),), (6, 7, 4)),
    Example("depthwise_conv(3, stride=[1, 2], padding=same)", ((6, 7, 2),), (6, 4, 2)),
    Example("avg_pool(3, stride=2, padding=1, count_padding=false)", ((8, 7, 2),), (4, 4, 2)),
    Example("avg_pool(3, padding=same, count_padding=true)", ((8, 7, 2),), (3, 3, 2)),
    Example("adaptive_max_pool([1, 3])", ((7, 6, 2),), (1, 3, 2)),
    Example("gelu(approximate=true)", ((3, 4),), (3, 4)),
    Example("resize(3, method=bilinear)", ((4, 2),), (12, 2)),
    Example("resize(size=[7], method=nearest)", ((4, 2),), (7, 2)),
)
"""What the examples in the records leave out and Keras has no word of its own for."""

CASES = [
    pytest.param(example, id=f"{name}-{number}")
    for name in registry.names()
    for number, example in enumerate(registry.find(name).examples)
] + [pytest.param(example, id=example.call) for example in FURTHER]


def outputs(example: Example) -> tuple[Shape, ...]:
    several = isinstance(example.output[0], tuple)
    return example.output if several else (example.output,)


@cache
def graph(example: Example) -> Graph:
    shapes = example.inputs or outputs(example)
    results = ", ".join(f"y{number}" for number in range(len(outputs(example))))
    lines = [f"input x{number}{show(shape)}" for number, shape in enumerate(shapes)]
    if example.inputs:
        names = ", ".join(f"x{number}" for number in range(len(shapes)))
        lines.append(f"{results}: from {names} -> {example.call}")
    else:
        lines += [f"made: {example.call}", "y0: add(x0, made)"]
    text = "network one {\n" + "\n".join([*lines, f"output {results}"]) + "\n}\n"
    report = Report()
    found = elaborate(Program(parse(SourceText("one.arch", text), report), parse), "one", report)
    assert found is not None, (text, report.diagnostics)
    return found


def data(graph: Graph) -> Arrays:
    random = np.random.default_rng(0)
    named = zip(graph.input_names, graph.inputs, strict=True)
    return {name: random.uniform(-3, 4, (3, *value.shape)) for name, value in named}


def cotangents(graph: Graph) -> Arrays:
    random = np.random.default_rng(1)
    named = zip(graph.output_names, graph.outputs, strict=True)
    return {name: random.normal(size=(3, *value.shape)) for name, value in named}


def lowered(example: Example) -> Graph:
    found, report = graph(example), Report()
    Backend().refusals(found, report)
    for refusal in report.diagnostics:
        assert refusal.code == "not-lowerable"
        assert len(refusal.message) > 30
        pytest.skip(refusal.message)
    return found


def far(found: np.ndarray, expected: np.ndarray) -> float:
    expected = np.broadcast_to(expected, found.shape)
    return float(np.abs(found - expected).max() / max(1.0, np.abs(expected).max()))


@pytest.mark.parametrize("example", CASES)
def test_values_and_gradients_are_those_of_the_reference(example: Example) -> None:
    found = lowered(example)
    model = Backend().build(found, "float64")
    weights, inputs = perturbed(found, dtype="float64"), data(found)
    model.load(weights)
    assert all((array == weights[name]).all() for name, array in model.save().items())
    for training in (True, False):
        values, statistics = evaluate(found, weights, inputs, training)
        outcome = model.run(inputs, cotangents(found), training)
        for name, value in zip(found.output_names, found.outputs, strict=True):
            assert outcome.outputs[name].dtype == "float64"
            assert far(outcome.outputs[name], values[value.name]) < 1e-9
        for name, array in statistics.items():
            assert far(outcome.statistics[name], array) < 1e-9
    for name, array in model.trace(inputs).items():
        assert far(array, values[name]) < 1e-9, name
    slopes = {**outcome.input_gradients, **outcome.weight_gradients}
    check_slopes(found, weights, inputs, slopes)


def check_slopes(graph: Graph, weights: Arrays, inputs: Arrays, slopes: Arrays) -> None:
    """Compares gradients with the slope of the reference in one random direction."""
    random = np.random.default_rng(2)
    step = {name: random.normal(size=array.shape) for name, array in slopes.items()}
    factors = cotangents(graph)

    def total(size: float) -> float:
        moved = [
            {name: array + size * step.get(name, 0.0) for name, array in some.items()}
            for some in (weights, inputs)
        ]
        values, _ = evaluate(graph, *moved)
        named = zip(graph.output_names, graph.outputs, strict=True)
        return sum(float((values[value.name] * factors[name]).sum()) for name, value in named)

    expected = (total(1e-6) - total(-1e-6)) / 2e-6
    slope = sum(float((slopes[name] * step[name]).sum()) for name in slopes)
    assert slope == pytest.approx(expected, rel=1e-4, abs=1e-4)


KERNELS = ("glorot_normal", "he_uniform", "he_normal", "he_out_normal")
OWNERS = (
    "conv(32, 5, kernel_init={})",
    "conv(32, 5, groups=4, kernel_init={})",
    "depthwise_conv(5, multiplier=8, kernel_init={})",
    "depthwise_conv(5, stride=[1, 2], multiplier=8, kernel_init={})",
    "transposed_conv(48, 5, kernel_init={})",
    "dense(200, kernel_init={})",
)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("owner", OWNERS)
def test_kernels_start_as_the_spec_says(owner: str, kernel: str) -> None:
    import keras

    found = graph(Example(owner.format(kernel), ((12, 12, 16),), (1,)))
    keras.utils.set_random_seed(0)
    made = Backend().build(found).save()
    for name, expected in initial(found).items():
        if name.endswith("kernel"):
            assert made[name].std() == pytest.approx(expected.std(), rel=0.06)
            assert np.abs(made[name]).max() == pytest.approx(np.abs(expected).max(), rel=0.3)


def test_importing_and_generating_import_no_framework() -> None:
    program = (
        "import sys, archspec, archspec_keras\n"
        "archspec_keras.Backend().generate(archspec.load('lenet5').graph())\n"
        "print({'keras', 'tensorflow', 'torch', 'numpy'} & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "set()\n", done.stderr
