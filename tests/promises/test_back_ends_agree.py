"""Every example of every op computes the same in both frameworks and in NumPy.

All examples stand side by side in one network, so each framework starts only once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from archspec.compiler import load
from archspec.dimensions import Shape, show
from archspec.ops import registry
from archspec.ops.op import Example
from archspec.verification import verify


def outputs(example: Example) -> tuple[Shape, ...]:
    stated = example.output
    several = bool(stated) and isinstance(stated[0], tuple)
    return stated if several else (stated,)


def statements(name: str, example: Example) -> tuple[list[str], list[str]]:
    """The lines that apply one example, and the names of what comes out."""
    shapes = example.inputs or outputs(example)
    sources = [f"{name}_in{number}" for number in range(len(shapes))]
    results = [f"{name}_out{number}" for number in range(len(outputs(example)))]
    lines = [f"input {one}{show(size)}" for one, size in zip(sources, shapes, strict=True)]
    if example.inputs:
        lines.append(f"{', '.join(results)}: from {', '.join(sources)} -> {example.call}")
    else:
        lines.append(f"{name}_made: {example.call}")
        lines.append(f"{results[0]}: add({sources[0]}, {name}_made)")
    return lines, results


def all_examples() -> str:
    """A network of all examples; inputs first, as the language wants them."""
    inputs, chains, results = [], [], []
    for name in registry.names():
        for number, example in enumerate(registry.find(name).examples):
            lines, made = statements(f"{name}_{number}", example)
            inputs += [line for line in lines if line.startswith("input ")]
            chains += [line for line in lines if not line.startswith("input ")]
            results += made
    body = [*inputs, *chains, f"output {', '.join(results)}"]
    return "network every_op() {\n  " + "\n  ".join(body) + "\n}\n"


@pytest.mark.parametrize("backends", [("torch", "keras")])
def test_every_op_agrees(backends: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "every_op.arch"
    path.write_text(all_examples())
    compilation = load(path)
    graph = compilation.graph()
    assert graph is not None, compilation.diagnostics
    report = verify(graph, backends)
    assert report.passed, report.text()
    assert not report.notes
