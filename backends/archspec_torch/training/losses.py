"""Losses as expressions of an output and its targets."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.lowering.python import number
from archspec_torch.training.outputs import Output


def total(outputs: Sequence[Output]) -> str:
    """The sum of the losses of these outputs, each times its weight."""
    parts = []
    for one in outputs:
        weight = one.loss.attributes.weight
        text = _LOSSES[one.loss.name](one)
        parts.append(text if weight == 1 else f"{number(weight)} * {text}")
    return " + ".join(parts)


def _cross_entropy(output: Output) -> str:
    smoothing = dict(output.loss.attributes.items()).get("label_smoothing", 0)
    named = f", label_smoothing={number(smoothing)}" if smoothing else ""
    return f"F.cross_entropy({output.variable}, {output.target}{named})"


def _divergence(output: Output) -> str:
    """With numbers of classes the wanted distribution is certain, and the logarithm of 1 is 0."""
    if output.targets == "classes":
        return _cross_entropy(output)
    given = f"{output.variable}.log_softmax(1), {output.target}"
    if output.places:
        return f'F.kl_div({given}, reduction="none").sum(1).mean()'
    return f'F.kl_div({given}, reduction="batchmean")'


def _binary(output: Output) -> str:
    wanted = output.target
    smoothing = output.loss.attributes.label_smoothing
    if smoothing:
        wanted = f"{number(1 - smoothing)} * {wanted} + {number(smoothing / 2)}"
    return f"F.binary_cross_entropy_with_logits({output.variable}, {wanted})"


def _hinge(output: Output) -> str:
    return f"F.relu(1 - (2 * {output.target} - 1) * {output.variable}).mean()"


def _squared(output: Output) -> str:
    return f"F.mse_loss({output.variable}, {output.target})"


def _absolute(output: Output) -> str:
    return f"F.l1_loss({output.variable}, {output.target})"


_LOSSES = {
    "categorical_crossentropy": _cross_entropy,
    "sparse_categorical_crossentropy": _cross_entropy,
    "binary_crossentropy": _binary,
    "hinge": _hinge,
    "kl_divergence": _divergence,
    "mean_squared_error": _squared,
    "mean_absolute_error": _absolute,
}
NAMES = frozenset(_LOSSES)
