"""The training script, put together from the template and what the recipe chooses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from archspec.ir import Graph
from archspec.lowering.backend import Generated
from archspec.lowering.layout import layout
from archspec.recipes import Recipe
from archspec_keras.training import callbacks, losses, metrics, optimizers, schedules, targets
from archspec_keras.training.call import Source, call, source
from archspec_keras.training.decays import Pull, Weights
from archspec_keras.training.losses import Trained, trained


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
    environment.filters["source"] = source
    text = environment.get_template("train.py.jinja").render(facts(graph, recipe, generated, data))
    # Parts that are not there leave their blank lines behind.
    return layout(re.sub(r"\n{4,}", "\n\n\n", text))


def facts(graph: Graph, recipe: Recipe, generated: Generated, data: str) -> dict[str, Any]:
    """What the template is told."""
    outputs = trained(graph, recipe)
    weights = Weights(graph, generated.weights)
    watched = callbacks.Watched(recipe, outputs)
    decoupled = weights.pulls(recipe, "decoupled")
    counting = {
        "stopping": callbacks.early_stopping(recipe, watched),
        "plateau": "lowering()" if callbacks.plateau(recipe, watched) else None,
        "best": callbacks.best(recipe, watched),
    }
    counting = {name: made for name, made in counting.items() if made is not None}
    wanted = targets.wanted(outputs)
    definitions = _definitions(recipe, outputs, decoupled)
    auxiliary = any(one.auxiliary for one in outputs)
    rate = schedules.rate(recipe)
    return {
        "network": graph.name,
        "data": data,
        "module": generated.module,
        "entry": generated.entry,
        "make": call(generated.entry, training_outputs=True if auxiliary else None),
        "epochs": recipe.epochs,
        "seed": recipe.seed,
        "accumulate": recipe.accumulate,
        "precision": recipe.precision,
        "results": source(watched.columns),
        "wanted": wanted,
        "definitions": definitions,
        "uses_ops": any("ops." in one.replace("keras.ops.", "") for one in definitions),
        "auxiliary": auxiliary,
        "model": "model" if auxiliary else "network",
        "l2": weights.pulls(recipe, "l2"),
        "by_steps": "steps_per_epoch" in rate,
        "rate": rate,
        "optimizer": _optimizer(recipe, rate, decoupled),
        "excluded": _inverse(decoupled[0].conditions) if len(decoupled) == 1 else None,
        "compiled": compiled(recipe, outputs),
        "counted": any(metrics.counts(each) for each in recipe.metrics),
        "plateau": callbacks.plateau(recipe, watched),
        "counting": counting,
        "watching": "".join(f"{name}, " for name in counting if name != "best"),
        "best": "best" in counting,
        "single": single(recipe),
        "batch_norm": any(node.op.name == "batch_norm" for node in graph.nodes),
    }


def _definitions(recipe: Recipe, outputs: list[Trained], decays: list[Pull]) -> list[str]:
    """Classes and functions of the script that the recipe needs and Keras does not have."""
    return [
        *losses.functions(outputs),
        *metrics.definitions(recipe, outputs),
        *_training(outputs),
        *optimizers.classes(recipe, decays),
        *schedules.classes(recipe),
        *callbacks.plateau_class(recipe),
    ]


_TRAINING = '''\
class Training(keras.Model):
    """The network with the losses of the outputs that are there in training only."""

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        loss = super().compute_loss(x, y, {main}, sample_weight, training)
        if training:
            {terms}
        return loss

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        return super().compute_metrics(x, y, {main}, sample_weight)
'''


def _training(outputs: list[Trained]) -> list[str]:
    terms = []
    for one in outputs:
        if one.auxiliary:
            weight = one.loss.attributes.weight
            factor = "" if weight == 1 else f"{source(weight)} * "
            terms.append(f"loss += {factor}{losses.loss(one)}(y, y_pred[{source(one.name)}])")
    if not terms:
        return []
    main = f"y_pred[{source(outputs[0].name)}]"
    return [_TRAINING.format(main=main, terms="\n            ".join(terms))]


def compiled(recipe: Recipe, outputs: list[Trained]) -> str:
    """The losses, their weights and the metrics, as arguments of `compile`."""
    main = [one for one in outputs if not one.auxiliary]
    found = {one.name: losses.loss(one) for one in main}
    factors = {one.name: source(one.loss.attributes.weight) for one in main}
    measured: dict[str, str] = {}
    for one in main:
        own = [each for each in recipe.metrics if metrics.of(each, outputs) is one]
        if own:
            measured[one.name] = f"[{', '.join(metrics.metric(each, one) for each in own)}]"
    if len(main) == 1:
        loss = found[main[0].name]
        weights = f"[{factors[main[0].name]}]"
        measures = measured.get(main[0].name, "")
    else:
        loss, weights, measures = _dictionary(found), _dictionary(factors), _dictionary(measured)
    arguments: dict[str, object] = {"loss": Source(loss)}
    if any(one.loss.attributes.weight != 1 for one in main):
        arguments["loss_weights"] = Source(weights)
    if measured:
        arguments["metrics"] = Source(measures)
    return call("", **arguments)[1:-1]


def _dictionary(parts: dict[str, str]) -> str:
    return "{" + ", ".join(f"{source(name)}: {made}" for name, made in parts.items()) + "}"


def _optimizer(recipe: Recipe, rate: str, decays: list[Pull]) -> str:
    given = [Source("rate") if "steps_per_epoch" in rate else rate]
    if optimizers.warmed_up(recipe):
        given.append(schedules.steps(recipe.schedule.attributes.epochs))
    return optimizers.optimizer(recipe, given, decays)


def _inverse(conditions: tuple[str, ...]) -> str | None:
    """What holds for the weights for which not all of the conditions do."""
    if not conditions:
        return None
    if len(conditions) > 1:
        return f"not ({' and '.join(conditions)})"
    only = conditions[0]
    for before, after in ((" > 1", " < 2"), (" not in ", " in "), (" in ", " not in ")):
        if before in only and not only.startswith("not ") and "startswith" not in only:
            return only.replace(before, after, 1)
    return only.removeprefix("not ") if only.startswith("not ") else f"not {only}"


def single(recipe: Recipe) -> str | None:
    """What TensorFlow cannot do on several devices, if the recipe wants it."""
    if recipe.clip is not None:
        return "TensorFlow clips the gradients of each device by itself"
    if any(metrics.counts(one) for one in recipe.metrics):
        return "the area under the curve needs the answers of all devices"
    if recipe.accumulate > 1:
        return "TensorFlow accumulates no gradients on several devices"
    return None
