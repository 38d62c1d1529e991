"""The network to train: its last softmax or sigmoid is part of the loss, so it is taken out.

Probabilities near 0 lose their logarithm and their gradient; a loss that starts from the logits
does not. The text is elaborated once more without the steps that make probabilities, so that the
code of the network to train comes from definitions like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archspec.diagnostics import Report
from archspec.elaborate.elaborate import elaborate
from archspec.ir import Graph, Node, Value
from archspec.recipes import Recipe
from archspec.recipes.record import Loss
from archspec.syntax.program import Program
from archspec.training.without_steps import without_steps

ENDINGS = ("softmax", "sigmoid")
"""The functions that losses compute themselves."""

NOTE = "For training: the outputs are logits, and the loss applies the {}."


def of_recipe(recipe: Recipe, graph: Graph) -> dict[str, str]:
    """The functions that the losses of the recipe compute, by the name of the output.

    A loss that names no output is about the only one, or the first.
    """
    found = {}
    for choice in recipe.losses:
        record, attributes = choice.record, choice.attributes
        assert isinstance(record, Loss)
        if record.ending is not None and not attributes["logits"]:
            found[attributes["output"] or graph.output_names[0]] = record.ending
    return found


def endings(graph: Graph) -> dict[str, str]:
    """The outputs that end in a softmax or sigmoid, by name, with the name of the function."""
    return {
        name: value.node.op.name
        for name, value in _outputs(graph)
        if value.node is not None and value.node.op.name in ENDINGS
    }


def logits(
    program: Program,
    graph: Graph,
    report: Report,
    wanted: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
    sizes: Mapping[str, Sequence[int]] | None = None,
) -> Graph | None:
    """The network of `graph` without the functions that end its outputs; None after reporting.

    `wanted` are those to take out by the name of the output, all by default. `overrides` and
    `sizes` must be those of `graph`. Weights keep their names.
    """
    wanted = endings(graph) if wanted is None else wanted
    removed = [
        value.node
        for name, value in _outputs(graph)
        if value.node is not None and value.node.op.name == wanted.get(name)
    ]
    if not removed:
        return graph
    if not _separable(graph, removed, report):
        return None
    steps = {node.site for node in removed}
    changed, found = without_steps(program, steps)
    for node in removed:
        if node.site not in found:
            _refuse(node, "is made by a definition that cannot be changed", report)
            return None
    scratch = Report()
    made = elaborate(changed, graph.name, scratch, overrides=overrides, sizes=sizes)
    if made is None or not _same_weights(graph, made) or _left(made, wanted):
        _refuse(removed[0], "cannot be taken out without changing other layers", report)
        return None
    made.output_names = graph.output_names
    names = " and the ".join(dict.fromkeys(node.op.name for node in removed))
    made.doc = "\n\n".join(filter(None, (graph.doc, NOTE.format(names))))
    return made


def _outputs(graph: Graph) -> list[tuple[str, Value]]:
    names = (*graph.output_names, *graph.training_output_names)
    return list(zip(names, (*graph.outputs, *graph.training_outputs), strict=True))


def _separable(graph: Graph, removed: list[Node], report: Report) -> bool:
    """Whether nothing else needs what is taken out."""
    sites = {node.site: node for node in removed}
    values = {value: node for node in removed for value in node.outputs}
    for node in graph.nodes:
        for value in node.inputs:
            if value in values:
                _refuse(values[value], f"is needed by `{node.name}` too", report)
                return False
        if node.site in sites and node not in removed:
            _refuse(sites[node.site], f"also makes `{node.name}`, which is no output", report)
            return False
    return True


def _same_weights(graph: Graph, made: Graph) -> bool:
    before = {name: weight.shape for name, weight in graph.weights.items()}
    return before == {name: weight.shape for name, weight in made.weights.items()}


def _left(made: Graph, wanted: Mapping[str, str]) -> bool:
    """Whether an output still ends in the function: where it stood twice, the loss is wrong."""
    return any(
        value.node is not None and value.node.op.name == wanted.get(name)
        for name, value in _outputs(made)
    )


def _refuse(node: Node, why: str, report: Report) -> None:
    report.add(
        "no-logits",
        node.span,
        f"the network cannot be trained on logits: this {node.op.name} {why}",
        label="to be computed by the loss",
        help=f"let the output end in a `-> {node.op.name}` of its own, outside of shared blocks",
    )
