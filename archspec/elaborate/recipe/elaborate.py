"""elaborate_recipe: a `train` section becomes a recipe in which every setting has its value."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from archspec import syntax
from archspec.diagnostics import Report
from archspec.elaborate.budget import Budget
from archspec.elaborate.evaluate import evaluate
from archspec.elaborate.frame import Frame
from archspec.elaborate.module import module_of
from archspec.elaborate.recipe.decays import check_decays, check_optimizer
from archspec.elaborate.recipe.losses import resolve_losses
from archspec.elaborate.recipe.metrics import resolve_metrics
from archspec.elaborate.recipe.monitors import check_monitors, check_result
from archspec.elaborate.recipe.part import choice, choices
from archspec.elaborate.recipe.rate import check_rate, resolve_schedule, starting
from archspec.elaborate.recipe.settings import KNOWN, Parts, Settings, read_settings, read_values
from archspec.elaborate.room import room
from archspec.elaborate.run import Run
from archspec.elaborate.statements import run_body, run_chain
from archspec.elaborate.values import Abandoned, Refused
from archspec.ir import Graph
from archspec.ops.attributes import Attributes
from archspec.recipes.recipe import Choice, Recipe
from archspec.recipes.registry import find
from archspec.source import limits
from archspec.syntax.program import Program

# The schedule may state the rate that the optimizer begins with.
ORDER = ("schedule", *(one for one in KNOWN if KNOWN[one].kind and one != "schedule"))


def elaborate_recipe(
    program: Program,
    train: syntax.Train,
    graph: Graph | None,
    report: Report,
    budget: Budget | None = None,
) -> Recipe | None:
    """The recipe, or None where something is wrong and reported.

    Without the graph, because of mistakes in the network that have been told, only what the
    section says by itself is checked, and there is no recipe.
    """
    run = Run(program, report, budget)
    run.evaluate, run.body, run.chain = evaluate, run_body, run_chain
    try:
        with room():
            return _recipe(train, graph, module_of(run, program.main).frame)
    except (Refused, Abandoned):
        return None
    except RecursionError:
        message = f"the text is nested more than {limits.NESTING} levels deep"
        report.add("limit-exceeded", train.span, message)
        return None
    finally:
        run.forget()


def _recipe(train: syntax.Train, graph: Graph | None, frame: Frame) -> Recipe | None:
    written = read_settings(train, frame)
    values = read_values(written, frame)
    parts: Parts = {}
    for key in ORDER:
        with suppress(Refused):
            parts[key] = _parts(key, written.get(key), values, parts, frame)
    check_rate(parts, frame)
    check_optimizer(parts, frame)
    check_result(parts, frame)
    if graph is not None:
        with suppress(Refused):
            _against_network(parts, values, graph, frame)
        check_decays(parts.get("weight_decay", ()), graph, frame)
    if frame.run.failed or graph is None:
        return None
    return _made(graph.name, train, written, values, parts)


def _against_network(parts: Parts, values: dict[str, Any], graph: Graph, frame: Frame) -> None:
    """Say which output each loss and metric is about; report what does not fit the network."""
    if not parts.get("loss"):
        return
    parts["loss"] = resolve_losses(parts["loss"], graph, frame)
    if "metrics" in parts:
        parts["metrics"] = resolve_metrics(parts["metrics"], parts["loss"], graph, frame)
        check_monitors(parts, values, graph, frame)


def _parts(
    key: str, setting: syntax.Setting | None, values: dict[str, Any], parts: Parts, frame: Frame
) -> tuple[Choice, ...]:
    """The parts that a setting names."""
    known = KNOWN[key]
    if setting is None:
        return ()
    if known.many:
        return choices(setting, known, frame)
    fills = starting(parts.get("schedule")) if key == "optimizer" else {}
    made = choice(known, setting.value, frame, fills)
    if key == "schedule" and "epochs" in values:
        made = resolve_schedule(made, values["epochs"], frame)
    return (made,)


def _made(
    network: str, train: syntax.Train, written: Settings, values: dict[str, Any], parts: Parts
) -> Recipe:
    def one(key: str) -> Choice | None:
        return parts[key][0] if parts[key] else None

    constant = find("schedules", "constant")
    assert constant is not None
    (optimizer,) = parts["optimizer"]
    return Recipe(
        network=network,
        losses=parts["loss"],
        optimizer=optimizer,
        schedule=one("schedule") or Choice(constant, Attributes({}), train.span),
        clip=one("clip"),
        weight_decay=parts["weight_decay"],
        metrics=parts["metrics"],
        early_stopping=one("early_stopping"),
        checkpoint=one("checkpoint"),
        data=one("data"),
        preprocess=parts["preprocess"],
        augment=parts["augment"],
        spans={key: setting.span for key, setting in written.items()},
        **values,
    )
