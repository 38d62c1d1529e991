"""The settings of a `train` section: what each is, and which kind of part it names."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.ops.attribute import REQUIRED, Attribute


@dataclass(frozen=True, slots=True)
class Setting:
    """One key. It names parts of a `kind`, `many` of them in a list, or has a plain `value`."""

    name: str
    doc: str
    one: str = ""
    kind: str | None = None
    many: bool = False
    value: Attribute | None = None
    required: bool = False


def plain(attribute: Attribute) -> Setting:
    """The setting that is a number or a word."""
    required = attribute.default is REQUIRED
    return Setting(attribute.name, attribute.doc, value=attribute, required=required)


SETTINGS = (
    Setting("data", "where the samples come from", "a source of data", "data"),
    plain(
        Attribute(
            "validation",
            "float",
            "part of the samples that is kept for validation, drawn by the seed",
            default=0.0,
            minimum=0,
            exclusive_maximum=1,
        )
    ),
    Setting(
        "preprocess",
        "changes of every sample, in order, in training, validation and prediction",
        "a step of preparation",
        "preprocess",
        many=True,
    ),
    Setting(
        "augment",
        "random changes of samples, in order, after `preprocess`, in training only",
        "an augmentation",
        "augment",
        many=True,
    ),
    Setting(
        "loss",
        "what is made small: one loss, or a list with one for each output; they are added up",
        "a loss",
        "losses",
        many=True,
        required=True,
    ),
    Setting("optimizer", "how gradients move weights", "an optimizer", "optimizers", required=True),
    Setting(
        "weight_decay",
        "a pull of weights towards zero, or a list of them for different layers; none by default",
        "a form of weight decay",
        "decays",
        many=True,
    ),
    Setting("clip", "a bound on gradients; none by default", "a bound on gradients", "clips"),
    Setting(
        "schedule",
        "the learning rate of each step; `constant` by default",
        "a schedule",
        "schedules",
    ),
    Setting(
        "metrics",
        "what is measured after each epoch, beside the loss",
        "a metric",
        "metrics",
        many=True,
    ),
    Setting(
        "early_stopping",
        "when training ends before the last epoch; never by default",
        "a reason to stop",
        "stopping",
    ),
    Setting(
        "checkpoint",
        "which weights are kept besides the last, and are the result; only the last by default",
        "a rule for checkpoints",
        "checkpoints",
    ),
    plain(
        Attribute("epochs", "int", "passes over the training data", minimum=1, maximum=1_000_000)
    ),
    plain(Attribute("batch_size", "int", "samples in a batch", minimum=1, maximum=1_000_000)),
    plain(
        Attribute(
            "accumulate",
            "int",
            "batches that make one step: its gradient is the mean of theirs; batches that are left"
            " over at the end of an epoch are not used",
            default=1,
            minimum=1,
            maximum=1_000_000,
        )
    ),
    plain(
        Attribute(
            "seed",
            "int",
            "what the first weights, the order of samples, augmentation and dropout are drawn from",
            default=0,
            minimum=0,
            maximum=2**32 - 1,
        )
    ),
    plain(
        Attribute(
            "precision",
            "choice",
            "numbers that are computed with; weights are float32 in any case",
            default="float32",
            choices=("float32", "mixed_bfloat16", "mixed_float16"),
        )
    ),
)
"""All settings, in the order in which a recipe is best read."""
