"""arrays: numbers in a file of NumPy."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.recipes.data._shared import VALIDATION
from archspec.recipes.record import Source

PART = Source(
    name="arrays",
    kind="data",
    summary="Arrays in a file of NumPy.",
    doc=(
        "An `.npz` file with an array for the samples and one for the targets, the samples' axis"
        " first and channels last. `inputs` and `targets` are their names in the file; a network"
        " with several inputs has one array for each, under the names of the inputs, and one with"
        " several outputs that are trained one for each, under theirs. Distributions over classes"
        " are rows that have no negative number and sum to 1, up to a thousandth, which is taken"
        " away. `validation` is another such file. Paths are below the spec's own folder; `--data`"
        " on the command line takes the place of `path`."
    ),
    source="NumPy enhancement proposal 1, A simple file format for NumPy arrays.",
    attributes=(
        Attribute("path", "text", "the file"),
        VALIDATION,
        Attribute("inputs", "text", "name of the array with the samples", default="x"),
        Attribute("targets", "text", "name of the array with the targets", default="y"),
    ),
    example='data: arrays("clothes.npz", validation="clothes_test.npz")',
)
