"""What all functions of one module share."""

from __future__ import annotations

from dataclasses import dataclass, field

from archspec.lowering.plan import Definition, Plan
from archspec_keras.writer.names import Names
from archspec_keras.writer.order import Order


@dataclass(eq=False, slots=True)
class Context:
    """The plan that is written and the names of the module.

    `factories` are the module's names for layers with settings, by their code, `order` tells
    which calls of shared layers wait for which others, `starts` are the names of functions that
    make an initialiser, by its code; `dropped` are
    parameters that turned out to be of no use in the functions written so far, and `inputs` the
    places of the incoming values that are of use.
    """

    plan: Plan
    names: Names
    factories: dict[str, str]
    order: Order
    starts: dict[str, str] = field(default_factory=dict)
    dropped: dict[Definition, set[str]] = field(default_factory=dict)
    inputs: dict[Definition, list[int]] = field(default_factory=dict)
