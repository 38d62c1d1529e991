"""data_file: the generated data.py, the same for all frameworks."""

from __future__ import annotations

from archspec.ir import Graph
from archspec.lowering.layout.module import layout
from archspec.lowering.python import string
from archspec.recipes import Recipe
from archspec.training.bundle import OWN, bundle
from archspec.training.facts import Facts, facts
from archspec.training.loading import LOADERS
from archspec.training.steps import augmentation, cropping, preparation

PIECES = {
    "read_digits": "digits",
    "read_folder": "folder",
    "read_image": "images",
    "read_arrays": "arrays",
    "read_dataset": "huggingface",
    "read_row": "huggingface",
    "split": "split",
    "Splits": "parts",
    "checked": "parts",
    "DataError": "errors",
    "resize": "resize",
    "resize_nearest": "resize",
    "rescale": "scaling",
    "normalize": "scaling",
    "rotation": "warping",
    "shift": "warping",
    "shear": "warping",
    "zoom": "warping",
    "warp": "warping",
    "distributions": "distributions",
    "OneHot": "distributions",
    "flip": "flipping",
    "random_crop": "cropping",
    "center_crop": "cropping",
    **dict.fromkeys(
        ("bits", "check_classes", "check_same", "class_numbers", "numbers", "with_channels"),
        "checks",
    ),
}
"""Which piece has what generated code may call."""

DOC = '''\
"""The data that {} is trained on, in batches of NumPy arrays.

`load` reads the data; of each part, `batches` gives the numbers of the samples of each batch of an
epoch, and `batch` their arrays.
"""'''


def data_file(recipe: Recipe, graph: Graph) -> str:
    """The text of data.py: what the recipe needs of the pieces, and no more."""
    known = facts(recipe, graph)
    settings = _settings(known, recipe)
    definitions = [LOADERS[known.kind](known), *preparation(recipe)]
    chosen = dict(PIECES)
    rewritten = {}
    variant = known.data
    if recipe.augment:
        variant += "_augmented"
        definitions += augmentation(recipe)
        if not cropping(recipe):
            # Without a crop, samples outside of training stay as they are.
            rewritten[r"\bcrop\((\w+)\)"] = r"\1"
    chosen["Data"] = variant
    chosen["training_batches"] = "order_accumulated" if recipe.accumulate > 1 else "order"
    if known.reader:
        rewritten[r"\bread\("] = f"{known.reader}("
    head = "\n\n\n".join(["\n".join(settings), *definitions])
    imports: dict[str, tuple[str, str | None]] = {
        name: (OWN + module, name) for name, module in chosen.items()
    }
    imports["np"] = ("numpy", None)
    return layout(bundle(DOC.format(graph.name), head, imports, chosen, rewritten))


def _settings(known: Facts, recipe: Recipe) -> list[str]:
    """The constants at the top."""
    found = []
    if known.path is not None:
        found.append(f"PATH = {string(known.path)}")
    if known.validation_path is not None and known.kind != "huggingface":
        found.append(f"VALIDATION_PATH = {string(known.validation_path)}")
    if known.several:
        found.append(f"INPUTS = {known.inputs!r}")
    else:
        found.append(f"INPUT = {known.inputs[0]!r}")
    found.append(f"BATCH_SIZE = {recipe.batch_size}")
    if recipe.accumulate > 1:
        found.append(f"ACCUMULATE = {recipe.accumulate}")
    return [*found, f"SEED = {recipe.seed}"]
