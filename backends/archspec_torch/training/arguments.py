"""Arguments of Lightning's `Trainer` that the recipe decides."""

from __future__ import annotations

from archspec.ir import Graph
from archspec.lowering.python import string
from archspec.recipes import Recipe

_PRECISIONS = {"mixed_bfloat16": "bf16-mixed", "mixed_float16": "16-mixed"}


def trainer_arguments(graph: Graph, recipe: Recipe) -> list[str]:
    """Those that differ from the defaults."""
    found = []
    if recipe.precision in _PRECISIONS:
        found.append(f"precision={string(_PRECISIONS[recipe.precision])}")
    if recipe.accumulate > 1:
        found.append(f"accumulate_grad_batches={recipe.accumulate}")
    if any(node.op.name == "batch_norm" for node in graph.nodes):
        # Statistics of the whole batch, not of the part of one process.
        found.append("sync_batchnorm=args.devices * args.nodes > 1")
    return found
