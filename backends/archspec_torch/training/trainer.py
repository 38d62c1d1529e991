"""What the core asks of this back end to train."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.backend import Generated
from archspec.lowering.trainer import report_refused
from archspec.recipes import Recipe
from archspec_torch.training.refused import refused
from archspec_torch.training.script import script

if TYPE_CHECKING:
    from archspec_torch.training.steps import Steps


class Trainer:
    """Training by a `LightningModule`."""

    strategies = ("ddp", "fsdp")

    def refusals(self, graph: Graph, recipe: Recipe, report: Report) -> None:
        """Report `not-lowerable` for every setting that this back end cannot express exactly."""
        report_refused("torch", refused(graph, recipe), report)

    def script(
        self, graph: Graph, recipe: Recipe, generated: Generated, data: str
    ) -> Mapping[str, str]:
        """`train.py`; `data` is the module that loads the data."""
        return {"train.py": script(graph, recipe, generated, data)}

    def steps(self, graph: Graph, recipe: Recipe, dtype: str = "float32") -> Steps:
        """The script's own module, optimizer and schedule, step by step."""
        from archspec_torch.training.steps import Steps

        return Steps(graph, recipe, dtype)
