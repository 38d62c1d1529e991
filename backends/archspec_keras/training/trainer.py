"""What the core asks of a back end to train."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.backend import Generated
from archspec.lowering.trainer import report_refused
from archspec.recipes import Recipe
from archspec_keras.engines.engine import use
from archspec_keras.training.refused import refused
from archspec_keras.training.script import script

if TYPE_CHECKING:
    from archspec_keras.training.steps import Steps


class Trainer:
    """Training by `compile` and `fit`. The engine decides how devices share the work."""

    strategies = ()

    def __init__(self, engine: str | None = None) -> None:
        self._engine = engine

    def refusals(self, graph: Graph, recipe: Recipe, report: Report) -> None:
        """Report `not-lowerable` for every setting that Keras cannot express exactly."""
        report_refused("keras", refused(graph, recipe), report)

    def script(
        self, graph: Graph, recipe: Recipe, generated: Generated, data: str
    ) -> Mapping[str, str]:
        """`train.py`; `data` is the module that loads the data."""
        return {"train.py": script(graph, recipe, generated, data)}

    def steps(self, graph: Graph, recipe: Recipe, dtype: str = "float32") -> Steps:
        """The script's own network, optimizer and loss, step by step."""
        use(self._engine)
        from archspec_keras.training.steps import Steps

        return Steps(graph, recipe, dtype)
