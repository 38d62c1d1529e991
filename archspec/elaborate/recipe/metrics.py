"""resolve_metrics: which output each metric is about, and whether it can be measured there."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from archspec.diagnostics import Label
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused
from archspec.ir import Graph
from archspec.recipes.monitored import labels
from archspec.recipes.recipe import Choice
from archspec.recipes.record import Loss, Metric

TARGETS = {
    "classes": ("classes", "labels", "bits"),
    "ranks": ("classes", "labels"),
    "numbers": ("classes", "bits", "numbers"),
}
"""The targets of losses that each need of a metric is met by."""

NEEDS = {
    "classes": "answers that are classes",
    "ranks": "one class out of several",
    "numbers": "targets that are numbers like the outputs",
}

GIVES = {
    "classes": "probabilities of classes",
    "labels": "numbers of classes",
    "bits": "yes-or-no answers",
    "numbers": "numbers",
}


def resolve_metrics(
    metrics: tuple[Choice, ...], losses: tuple[Choice, ...], graph: Graph, frame: Frame
) -> tuple[Choice, ...]:
    """The metrics with their outputs."""
    by_output = {one.attributes.output: one for one in losses}
    found = []
    for metric in metrics:
        with suppress(Refused):
            one = _with_output(metric, graph, frame)
            found.append(_checked(one, by_output[one.attributes.output], graph, frame))
    if len(found) != len(metrics):
        raise Refused
    named = labels(found, len(graph.outputs))
    twice = [one for one in found if one not in named.values()]
    for one in twice:
        label = next(iter(labels([one], len(graph.outputs))))
        refuse(
            frame,
            "repeated-argument",
            named[label].span,
            f"`{label}` is measured twice",
            label="given again",
            labels=[Label(one.span, "given here first")],
            help="remove one of them",
        )
    return tuple(found)


def _with_output(metric: Choice, graph: Graph, frame: Frame) -> Choice:
    named = metric.attributes.output
    if named is None:
        if len(graph.outputs) == 1:
            return metric.having(output=graph.output_names[0])
        listed = ", ".join(f"`{one}`" for one in graph.output_names)
        message = f"the outputs are {listed}, and `{metric.name}` does not say which it is about"
        help = f"write `output={graph.output_names[0]}`"
        raise refuse(frame, "missing-argument", metric.span, message, help=help)
    if named in graph.training_output_names:
        message = f"`{named}` is there in training only, so it has no results to measure"
        raise refuse(frame, "metric-mismatch", metric.place("output"), message)
    if named not in graph.output_names:
        message = f"the network has no output `{named}`"
        help = did_you_mean(named, graph.output_names)
        raise refuse(frame, "unknown-name", metric.place("output"), message, help=help)
    return metric


def _checked(metric: Choice, loss: Choice, graph: Graph, frame: Frame) -> Choice:
    """The metric with its threshold, if the loss of its output lets it be measured."""
    record, trained = metric.record, loss.record
    assert isinstance(record, Metric)
    assert isinstance(trained, Loss)
    facts = [Label(loss.span, f"targets are {GIVES[trained.targets]}")]
    if trained.targets not in TARGETS[record.needs]:
        message = f"`{metric.name}` needs {NEEDS[record.needs]}, and"
        message = f"{message} `{loss.name}` is about {GIVES[trained.targets]}"
        help = f"measured with this loss can be {_measurable(trained.targets)}"
        raise refuse(frame, "metric-mismatch", metric.span, message, labels=facts, help=help)
    output = graph.outputs[graph.output_names.index(metric.attributes.output)]
    classes = output.shape[-1]
    if record.count is not None and metric.attributes[record.count] >= classes:
        message = f"with {classes} classes `{metric.name}` of {metric.attributes[record.count]}"
        span = metric.place(record.count)
        raise refuse(frame, "metric-mismatch", span, f"{message} is always 1", labels=facts)
    if record.threshold is None:
        return metric
    return _with_threshold(metric, record.threshold, trained, facts, frame)


def _with_threshold(
    metric: Choice, threshold: tuple[str, float], trained: Loss, facts: list[Label], frame: Frame
) -> Choice:
    name, usual = threshold
    if metric.attributes[name] is not None and trained.targets != "bits":
        message = f"the largest class is the answer here, so `{name}` would do nothing"
        raise refuse(frame, "metric-mismatch", metric.place(name), message, labels=facts)
    if metric.attributes[name] is None and trained.targets == "bits":
        return metric.having(**{name: usual})
    return metric


def _measurable(targets: str) -> str:
    from archspec.recipes.registry import find, names

    fitting: Mapping[str, Metric] = {
        name: record
        for name in names("metrics")
        if isinstance(record := find("metrics", name), Metric)
    }
    return ", ".join(f"`{name}`" for name in fitting if targets in TARGETS[fitting[name].needs])
