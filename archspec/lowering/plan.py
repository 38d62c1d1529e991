"""The plan of the code to be written: framework-free, made once, read by every back end.

A plan keeps the definitions of the spec (networks, blocks) with their parameters, loops, choices
and labels. Each element carries both its text (expressions over the definition's own names) and
its `instances` (what elaboration made of it), so that a writer takes a symbolic expression where
there is one, a constant where all instances agree on a fact, and else raises `Disagreement`.

The planner answers a `Disagreement` by planning again more finely: it splits a definition into
variants whose instances agree, or unrolls the loop whose rounds differ. A plan that is split and
unrolled everywhere is just the elaborated graph, so every network can be written.

Every element has at least one instance, if only one that was elaborated aside (see `Choice`); a
loop without any round is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archspec import syntax
from archspec.ir import Graph, Node, Scope
from archspec.lowering.element import (
    Apply,
    Body,
    CallDefinition,
    CallParameter,
    CallShared,
    Code,
    Declare,
    Disagreement,
    Element,
    Group,
    Let,
    Reference,
    Variable,
)
from archspec.lowering.structure import Branch, Carried, Choice, Join, Loop


@dataclass(eq=False, slots=True, repr=False)
class LayerArgument:
    """What is passed for a layer parameter.

    One op without weights that keeps the shape (`leaky_relu(0.1)`), as a body of one `Apply`; or,
    where this definition hands on a layer parameter of its own, of one `CallParameter`.
    """

    body: Body


Argument = Code | LayerArgument


@dataclass(eq=False, slots=True, repr=False)
class Parameter:
    """A parameter that the written code takes; `default` None where it must be given."""

    name: str
    type: syntax.Type
    default: Argument | None


@dataclass(eq=False, slots=True, repr=False)
class SharedLayer:
    """`layer name = …`: planned once, over all its uses.

    Its sizes are written in names that are known where it is declared. Paths of its weights are
    those of its declaration, with `name` as the last segment.
    """

    name: str
    body: Body
    instances: tuple[Scope, ...]


@dataclass(eq=False, slots=True, repr=False)
class Definition:
    """One class or function to write.

    `name` is the spec's name, with `_2`, `_3` for variants of one block that had to be split.
    `inputs` are what flows in: for a network its inputs by name, for a block the incoming value
    (label None) followed by its `value` parameters. `kind` is `network` or `block`.
    `results` of the body are named by `result_names` in a network. `origin` is the spec's own
    definition, which variants have in common.
    """

    name: str
    kind: str
    doc: str | None
    parameters: tuple[Parameter, ...]
    inputs: tuple[Variable, ...]
    body: Body
    layers: tuple[SharedLayer, ...]
    instances: tuple[Scope, ...]
    training_results: tuple[Reference, ...] = ()
    result_names: tuple[str, ...] = ()
    training_result_names: tuple[str, ...] = ()
    origin: syntax.Node | None = None


@dataclass(eq=False, slots=True, repr=False)
class Plan:
    """Everything to write for one graph.

    Pure functions and the file's `let` values in use, both in an order in which each comes after
    what it needs; then definitions, callees first. The last one is the network itself.
    """

    graph: Graph
    functions: tuple[syntax.Function, ...]
    constants: tuple[syntax.Constant, ...]
    definitions: tuple[Definition, ...]
    evaluate: Callable[[Code, Node | Scope], Any]
    """The value of an element's code for one of its instances; `ValueError` where it has none."""

    def constant(self, element: Element, code: Code) -> Any:
        """The value that the code has for all instances of the element, or `Disagreement`."""
        return element.fact(lambda instance: self.evaluate(code, instance), "a computed value")


__all__ = [
    "Apply",
    "Argument",
    "Body",
    "Branch",
    "CallDefinition",
    "CallParameter",
    "CallShared",
    "Carried",
    "Choice",
    "Code",
    "Declare",
    "Definition",
    "Disagreement",
    "Element",
    "Group",
    "Join",
    "LayerArgument",
    "Let",
    "Loop",
    "Parameter",
    "Plan",
    "Reference",
    "SharedLayer",
    "Variable",
]
