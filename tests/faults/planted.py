"""The back ends with planted faults; the name of a network says which one it gets."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from fault import Fault, Off
from faults import FAULTS

import archspec_keras
import archspec_torch
from archspec.ir import Graph


def planted(graph: Graph, side: str) -> Fault | None:
    """The fault of that network, if it is one of this side."""
    found = FAULTS[graph.name]
    return found if found.side == side else None


class Torch(archspec_torch.Backend):
    """The PyTorch back end with a fault."""

    def emit(self, graph: Graph) -> Any:
        fault = planted(graph, "torch")
        with off(fault):
            made = super().emit(graph)
        if fault is None or isinstance(fault.edit, Off):
            return made
        return replace(made, generated=fault.edit(made.generated))

    def build(self, graph: Graph, dtype: str = "float32") -> Any:
        made = super().build(graph, dtype)
        return During(made, planted(graph, "torch"))


class Keras(archspec_keras.Backend):
    """The Keras back end with a fault."""

    def generate(self, graph: Graph) -> Any:
        fault = planted(graph, "keras")
        with off(fault):
            made = super().generate(graph)
        return made if fault is None or isinstance(fault.edit, Off) else fault.edit(made)

    def build(self, graph: Graph, dtype: str = "float32") -> Any:
        return During(super().build(graph, dtype), planted(graph, "keras"))


def off(fault: Fault | None) -> Any:
    """What is switched off, while that lasts."""
    return fault.edit() if fault is not None and isinstance(fault.edit, Off) else nullcontext()


class During:
    """A model that also runs with the fault."""

    def __init__(self, model: Any, fault: Fault | None) -> None:
        self.model = model
        self.fault = fault

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.model, name)

        def called(*given: Any, **named: Any) -> Any:
            with off(self.fault):
                return found(*given, **named)

        return called
