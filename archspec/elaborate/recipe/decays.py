"""Weight decay against the weights of the network, and against the optimizer."""

from __future__ import annotations

import re

from archspec.diagnostics import Label
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.frame import Frame
from archspec.elaborate.recipe.decayed import above, decayed
from archspec.elaborate.recipe.settings import Parts
from archspec.elaborate.run import refuse
from archspec.ir import Graph
from archspec.recipes.recipe import Choice
from archspec.recipes.record import Decay, Optimizer


def check_optimizer(parts: Parts, frame: Frame) -> None:
    """Report an optimizer that wants decoupled decay and has none, or has the other form."""
    for optimizer in parts.get("optimizer", ()):
        record = optimizer.record
        if (
            not isinstance(record, Optimizer)
            or record.without is None
            or "weight_decay" not in parts
        ):
            continue
        other = [one for one in parts["weight_decay"] if not _decoupled(one)]
        if other:
            refuse(
                frame,
                "conflicting-arguments",
                other[0].span,
                f"`{optimizer.name}` keeps decay apart, `{other[0].name}` has it in the loss",
                labels=[Label(optimizer.span, "with decoupled decay")],
                help=f"write `decoupled(…)`, or `optimizer: {record.without}(…)`",
            )
        elif not parts["weight_decay"]:
            refuse(
                frame,
                "missing-setting",
                optimizer.span,
                f"`{optimizer.name}` without weight decay would be plain `{record.without}`",
                help="add `weight_decay: decoupled(0.01, on=kernels)`, or write"
                f" `{record.without}`",
            )


def _decoupled(decay: Choice) -> bool:
    return isinstance(decay.record, Decay) and decay.record.decoupled


def check_decays(decays: tuple[Choice, ...], graph: Graph, frame: Frame) -> None:
    """Report paths that are not there, decay of nothing, and weights that decay twice."""
    taken: list[tuple[Choice, frozenset[str]]] = []
    for decay in decays:
        if not _check_paths(decay, graph, frame):
            continue
        names = decayed(graph, decay)
        if not names:
            message = f"this `{decay.name}` is about no weight at all"
            help = "`on=kernels` leaves out biases and normalisations; `on=all` has them"
            refuse(frame, "decay-mismatch", decay.span, message, help=help)
        for first, others in taken:
            if first.name == decay.name and not names.isdisjoint(others):
                _twice(decay, first, min(names & others), frame)
                break
        taken.append((decay, names))


def _twice(decay: Choice, first: Choice, name: str, frame: Frame) -> None:
    refuse(
        frame,
        "decay-mismatch",
        decay.span,
        f"`{name}` has an `{decay.name}` already",
        labels=[Label(first.span, f"is about `{name}` too")],
        help="leave its layer out of one of them with `except=[…]`",
    )


def _check_paths(decay: Choice, graph: Graph, frame: Frame) -> bool:
    named = [(key, path) for key in ("layers", "except") for path in decay.attributes[key] or ()]
    paths = {path for name in graph.weights for path in above(name)} if named else set()
    missing = [(key, path) for key, path in named if path not in paths]
    for key, path in missing:
        message = f"no layer or block with weights is called `{_spelled(path)}`"
        help = did_you_mean(_spelled(path), map(_spelled, paths))
        refuse(frame, "unknown-name", decay.place(key), message, help=help)
    return not missing


def _spelled(path: str) -> str:
    """The path as the language has it: `stage[2].main`."""
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", path)
