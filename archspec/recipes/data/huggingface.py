"""huggingface: a data set by its name on the Hugging Face hub, or by its path."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.recipes.data._shared import VALIDATION
from archspec.recipes.record import Source

PART = Source(
    name="huggingface",
    kind="data",
    summary="A data set of the library `datasets`, by name or path.",
    doc=(
        "What `datasets.load_dataset(path)` gives, of which `split` is for training and"
        " `validation`, where it is given, for validation. `inputs` and `targets` are the columns"
        " with the samples (images, or lists of numbers) and with the targets (classes by number,"
        " distributions over classes, or numbers). `--data` on the command line takes the place of"
        " `path`."
    ),
    source="Lhoest et al. (2021), Datasets: a community library, 3.",
    attributes=(
        Attribute("path", "text", "name on the hub, or a folder"),
        VALIDATION,
        Attribute("split", "text", "part that is trained on", default="train"),
        Attribute("inputs", "text", "column with the samples", default="image"),
        Attribute("targets", "text", "column with the targets", default="label"),
    ),
    example='data: huggingface("ylecun/mnist", validation="test")',
)
