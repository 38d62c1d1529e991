"""Losses and metrics of a script, for outputs that are logits where the loss has an ending."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.ir import Graph, Value
from archspec.lowering.targets import Kind, targets_of
from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Loss
from archspec_keras.training.call import call

_KL_DIVERGENCE = '''\
class KLDivergence(keras.losses.Loss):
    """Kullback-Leibler divergence of the softmax of the logits from the targets."""

    def call(self, y_true, y_pred):
        certain = ops.where(y_true > 0, y_true, 1.0)
        entropy = -ops.sum(certain * ops.log(certain), axis=-1)
        return keras.losses.categorical_crossentropy(y_true, y_pred, from_logits=True) - entropy
'''


@dataclass(frozen=True, slots=True)
class Trained:
    """An output with its loss. `auxiliary` ones are there in training only.

    `targets` is what the data gives; of `classes` that is the numbers.
    """

    name: str
    value: Value
    loss: Choice
    targets: Kind
    auxiliary: bool

    @property
    def record(self) -> Loss:
        """The record of the loss."""
        assert isinstance(self.loss.record, Loss)
        return self.loss.record

    @property
    def ending(self) -> str | None:
        """The function that the loss applies itself, because the output is what goes into it."""
        return self.record.ending

    @property
    def probabilities(self) -> bool:
        """Whether the network itself makes probabilities here."""
        node = self.value.node
        return self.ending is None and node is not None and node.op.name in ("softmax", "sigmoid")


def trained(graph: Graph, recipe: Recipe) -> list[Trained]:
    """The outputs that have a loss, those of inference first."""
    values = dict(zip(graph.output_names, graph.outputs, strict=True))
    extra = dict(zip(graph.training_output_names, graph.training_outputs, strict=True))
    found = []
    for loss in recipe.losses:
        name = loss.attributes.output or graph.output_names[0]
        value = values.get(name) or extra[name]
        assert isinstance(loss.record, Loss)
        kind = targets_of(loss.record, recipe, graph)
        found.append(Trained(name, value, loss, kind, name in extra))
    order = [*values, *extra]
    return sorted(found, key=lambda one: order.index(one.name))


def loss(one: Trained) -> str:
    """The loss of an output as an expression."""
    smoothing = getattr(one.loss.attributes, "label_smoothing", 0.0) or None
    match one.record.name:
        case "kl_divergence":
            return "KLDivergence()"
        case "sparse_categorical_crossentropy":
            return call("keras.losses.SparseCategoricalCrossentropy", from_logits=True)
        case "categorical_crossentropy":
            name = "keras.losses.CategoricalCrossentropy"
            return call(name, from_logits=True, label_smoothing=smoothing)
        case "binary_crossentropy":
            name = "keras.losses.BinaryCrossentropy"
            return call(name, from_logits=True, label_smoothing=smoothing)
        case "hinge":
            return "keras.losses.Hinge()"
        case "mean_squared_error":
            return "keras.losses.MeanSquaredError()"
        case "mean_absolute_error":
            return "keras.losses.MeanAbsoluteError()"
    raise KeyError(one.record.name)


def functions(outputs: list[Trained]) -> list[str]:
    """The losses that Keras does not have."""
    return [_KL_DIVERGENCE] if any(one.record.name == "kl_divergence" for one in outputs) else []


LOSSES = frozenset(
    (
        "binary_crossentropy",
        "categorical_crossentropy",
        "hinge",
        "kl_divergence",
        "mean_absolute_error",
        "mean_squared_error",
        "sparse_categorical_crossentropy",
    )
)
