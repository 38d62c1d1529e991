"""check_monitors: whether what is monitored is measured at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archspec.diagnostics import Label
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.frame import Frame
from archspec.elaborate.recipe.settings import Parts
from archspec.elaborate.run import refuse
from archspec.ir import Graph
from archspec.recipes.monitored import VALIDATION, better, labels
from archspec.recipes.recipe import Choice

MONITOR = "monitor"


def _monitoring(parts: Parts) -> Iterator[Choice]:
    """All parts that look at results after an epoch."""
    for key in ("schedule", "early_stopping", "checkpoint"):
        for choice in parts.get(key, ()):
            one: Choice | None = choice
            while one is not None:
                if one.record.attribute(MONITOR) is not None:
                    yield one
                one = one.then


def check_monitors(parts: Parts, values: dict[str, Any], graph: Graph, frame: Frame) -> None:
    """Report monitors that nothing measures, and those without validation data."""
    metrics = labels(parts["metrics"], len(graph.outputs))
    validated = _validated(parts, values, frame)
    for one in _monitoring(parts):
        monitor = one.attributes.monitor
        if better(monitor, metrics) is None:
            measured = ["loss", *metrics]
            known = [*measured, *(f"{VALIDATION}{name}" for name in measured)]
            message = f"the training does not measure `{monitor}`"
            help = did_you_mean(monitor, known)
            refuse(frame, "unknown-name", one.place(MONITOR), message, help=help)
        elif monitor.startswith(VALIDATION) and not validated:
            refuse(
                frame,
                "no-validation",
                one.place(MONITOR),
                f"`{one.name}` looks at `{monitor}`, and there is no validation data",
                help="keep a part of the data with `validation: 0.1`, or name some in `data`;"
                f" `{MONITOR}={monitor.removeprefix(VALIDATION)}` looks at the training data",
            )


def check_result(parts: Parts, frame: Frame) -> None:
    """Report two epochs whose weights would both be the result."""
    for ending in parts.get("early_stopping", ()):
        for checkpoint in parts.get("checkpoint", ()):
            first, second = ending.attributes.monitor, checkpoint.attributes.monitor
            if not ending.attributes.restore_best or first == second:
                continue
            refuse(
                frame,
                "conflicting-arguments",
                ending.place("restore_best"),
                f"the weights of the best epoch by `{first}` and by `{second}` cannot both be kept",
                labels=[Label(checkpoint.span, f"keeps the best by `{second}`")],
                help="leave out one of `restore_best` and `checkpoint`, or let both look at the"
                " same number",
            )


def _validated(parts: Parts, values: dict[str, Any], frame: Frame) -> bool:
    """Whether there is validation data, which has one place to come from."""
    share = values.get("validation", 1.0) > 0
    if "data" not in parts:
        return True
    for data in parts["data"]:
        if data.record.attribute("validation") is None or data.attributes.validation is None:
            continue
        if share:
            message = "validation data has a place of its own here, and `validation` takes a part"
            span = data.place("validation")
            refuse(frame, "conflicting-arguments", span, message, help="remove one of them")
        return True
    return bool(share)
