"""A plan says the same as the network: run by its own code, it makes the same ops again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from archspec.compiler import load
from archspec.ir import Graph
from archspec.lowering.contents import bodies
from archspec.lowering.plan import Apply, Plan
from archspec.lowering.planner import plan, write

sys.path.insert(0, str(Path(__file__).parent))

from interpreter import Run, Trace


def wanted(graph: Graph) -> Trace:
    places = {id(value): (-1, k) for k, value in enumerate(graph.inputs)}
    found: Trace = []
    for position, node in enumerate(graph.nodes):
        makers = [places[id(one)] for one in node.inputs]
        found.append((node.op.name, dict(node.attributes.items()), makers))
        for k, value in enumerate(node.outputs):
            places[id(value)] = (position, k)
    return found


SPECS = Path(__file__).parents[2] / "specs"
CONSTRUCTS = Path(__file__).with_name("constructs")


def networks() -> list[str]:
    files = [*sorted(SPECS.rglob("*.arch")), *sorted(CONSTRUCTS.glob("*.arch"))]
    return [f"{file}:{name}" for file in files for name in load(file).networks]


def graph_of(target: str, **arguments: Any) -> Graph:
    file, name = target.rsplit(":", 1)
    graph = load(Path(file), name).graph(overrides=arguments)
    assert graph is not None
    return graph


NETWORKS = [one for one in networks() if load(one.rsplit(":", 1)[0], one.rsplit(":", 1)[1]).graph()]


@pytest.mark.parametrize("target", NETWORKS, ids=lambda one: one.rsplit("/", 1)[-1])
def test_a_plan_makes_the_graph_again(target: str) -> None:
    graph = graph_of(target)
    assert Run(plan(graph)).network() == wanted(graph)


@pytest.mark.parametrize(
    ("target", "arguments"),
    [
        ("specs/resnet.arch:resnet18", {"depths": (3, 4, 6, 3)}),
        ("specs/resnet.arch:resnet50", {"depths": (3, 4, 23, 3), "classes": 10}),
        ("specs/vgg.arch:vgg16", {"kernels": ((3,), (3, 1), (), (5,), (3,)), "lrn": True}),
        ("specs/unet.arch:unet", {"depth": 2, "width": 5}),
        ("constructs/growing.arch:densenet", {"growth": 24, "depths": (2, 3, 4)}),
        ("constructs/optional_branches.arch:mobilenet", {"width": 0.5}),
        ("constructs/nested.arch:nested_loops", {"widths": (8, 4), "inner": (3, 2)}),
        ("constructs/nested.arch:pyramid", {"widths": (5, 7)}),
        ("constructs/nested.arch:params", {"k": 5}),
        ("constructs/nested.arch:params", {"wide": False}),
        ("constructs/nested.arch:shared_pass", {"n": 5}),
        ("constructs/layers_as_arguments.arch:mix", {"heads": 3}),
        ("constructs/shadowed.arch:shadowed", {"width": 7}),
    ],
    ids=str,
)
def test_a_plan_holds_for_arguments_that_the_spec_never_used(
    target: str, arguments: dict[str, Any]
) -> None:
    folder, rest = target.split("/", 1)
    path = f"{(SPECS if folder == 'specs' else CONSTRUCTS) / rest}"
    written = plan(graph_of(path))
    assert {one.name for one in written.definitions[-1].parameters} >= arguments.keys()
    assert Run(written).network(**arguments) == wanted(graph_of(path, **arguments))


def one_instance_each(plan: Plan) -> Plan:
    """A writer that can write nothing for two instances at once, but in shared layers."""
    for definition in plan.definitions:
        for body in bodies(definition.body):
            for element in body.elements:
                if isinstance(element, Apply):
                    element.fact(lambda node: node.name, "its name")
    return plan


@pytest.mark.parametrize(
    "target",
    [one for one in NETWORKS if "layer" not in Path(one.rsplit(":", 1)[0]).read_text()]
    + [f"{SPECS}/resnet.arch:resnet18", f"{CONSTRUCTS}/nested.arch:params"],
    ids=lambda one: one.rsplit("/", 1)[-1],
)
def test_a_plan_can_be_split_down_to_single_instances(target: str) -> None:
    graph = graph_of(target)
    finest = write(graph, one_instance_each)
    assert Run(finest).network() == wanted(graph)
