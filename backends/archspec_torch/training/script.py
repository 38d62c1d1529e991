"""The training script, put together from the template and what the recipe chooses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from archspec.ir import Graph
from archspec.lowering.backend import Generated
from archspec.lowering.layout import layout
from archspec.lowering.python import number
from archspec.recipes import Recipe
from archspec_torch.training import clips, decay, losses, metrics, monitor, schedule
from archspec_torch.training.arguments import trainer_arguments
from archspec_torch.training.configure import configure
from archspec_torch.training.outputs import main_outputs, outputs


def script(graph: Graph, recipe: Recipe, generated: Generated, data: str) -> str:
    """The text of train.py."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Python, not HTML
    )
    template = environment.get_template("train.py.jinja")
    facts = _facts(graph, recipe, generated) | {"data": data}
    text = template.render(facts, imports=(), entry="")
    # What is used decides what is imported, and what the network may be called.
    modules = [name for name in ("F", "bisect", "math") if re.search(rf"\b{name}\.", text)]
    entry, alias = generated.entry, generated.entry
    if re.search(rf"\b{entry}\b", text):
        alias = "Network"
    facts |= {"entry": alias, "imported": entry if alias == entry else f"{entry} as {alias}"}
    return layout(template.render(facts, imports=modules))


def _facts(graph: Graph, recipe: Recipe, generated: Generated) -> dict[str, Any]:
    """What the template is told."""
    found = outputs(graph, recipe)
    main = main_outputs(found)
    decays = decay.decay(graph, recipe, generated)
    groups = metrics.groups(recipe, found)
    own, lines, scheduler = configure(recipe, decays, len(main))
    plateau = schedule.plateau(recipe)
    return {
        "network": graph.name,
        "module": generated.module,
        "imported": "",
        "epochs": recipe.epochs,
        "seed": recipe.seed,
        "accumulate": recipe.accumulate,
        "rate": number(schedule.base(recipe)),
        "formula": schedule.formula(recipe),
        "warm_up": schedule.warm_up(recipe) if plateau is not None else 0,
        "plateau": None if plateau is None else plateau.attributes.monitor,
        "own": None if own is None else own.text,
        "configure": lines,
        "scheduler": scheduler,
        "clip": None if recipe.clip is None else clips.clip(recipe.clip),
        "whole": _whole(recipe, decays),
        "l2": decay.l2(decays.terms, "self.network") if decays.terms else None,
        "l2_in_loss": decays.in_loss,
        "groups": groups,
        "metric_classes": metrics.imports(groups),
        "own_metrics": metrics.definitions(groups),
        "several_inputs": len(graph.inputs) > 1,
        "channels_first": [len(value.shape) > 1 for value in graph.inputs],
        "targets": main,
        "training_outputs": ", ".join(one.variable for one in found),
        "validation_outputs": ", ".join(one.variable for one in main),
        "first": found[0].variable,
        "training_loss": losses.total(found),
        "validation_loss": losses.total(main),
        "validation": monitor.validates(recipe),
        "columns": monitor.columns(recipe, len(main)),
        "stopping": monitor.stopping(recipe, len(main)),
        "best": monitor.best(recipe, len(main)),
        "trainer": trainer_arguments(graph, recipe),
        "batch_norm": any(node.op.name == "batch_norm" for node in graph.nodes),
        "workers": 0 if recipe.data is None or recipe.data.name in ("digits", "arrays") else 4,
    }


def _whole(recipe: Recipe, decays: decay.Decays) -> str | None:
    """Why the script needs weights that no process holds a part of only."""
    if clips.whole(recipe.clip):
        return "clipping needs the gradients of whole ones"
    if any(one.condition for one in (*decays.groups, *decays.terms)):
        return "weight decay looks at their axes"
    if decays.terms:
        return "the term of l2 sums over whole ones"
    return None
