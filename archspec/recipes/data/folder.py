"""folder: images, in one folder for each class."""

from __future__ import annotations

from archspec.ops.attribute import Attribute
from archspec.recipes.data._shared import VALIDATION
from archspec.recipes.record import Source

PART = Source(
    name="folder",
    kind="data",
    summary="Images, in one folder for each class.",
    doc=(
        "Each folder below `path` is a class, numbered in the alphabetical order of their names,"
        " and each image in it a sample: numbers from 0 to 255, with as many channels as the"
        " network's input has (1: grey, 3: red, green, blue, 4: with transparency). `validation`"
        " is another such folder with the same classes. Paths are below the spec's own folder;"
        " `--data` on the command line takes the place of `path`."
    ),
    source="Deng et al. (2009), ImageNet, whose files are arranged this way.",
    attributes=(Attribute("path", "text", "the folder"), VALIDATION),
    example='data: folder("images/train", validation="images/validation")',
    range=(0.0, 255.0),
)
