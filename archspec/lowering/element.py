"""What the bodies of a plan consist of: values and steps.

Each element carries both its text, as code over the names of its definition, and its `instances`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archspec import syntax
from archspec.dimensions import Shape
from archspec.ir import Node, Scope
from archspec.ops.op import Op

if TYPE_CHECKING:
    from archspec.lowering.plan import Argument, Definition, SharedLayer


Code = syntax.Expression
"""An expression over the names of the definition it stands in, in the language's own tree.

Names are parameters, `let`s, loop variables, loop counters and carried channels. A word (`same`,
`nearest`, `he_normal`) is a `Text`. `Attribute(Name("input"), "channels")` is what came into the
definition, `Attribute(Name("skip"), "channels")` one of its further inputs (or, in a network with
several inputs, the input of that name). Where a size has no closed form the code still holds
`Attribute(None, name)` (the value at this point) or `Attribute(Name(label), name)`, an index in
the base where the value is listed; a writer reads it from the tensor, or takes
`Plan.constant(element, code)`. `archspec.lowering.python` writes code as Python.
"""


class Disagreement(Exception):
    """A fact that code needs differs among the instances of one element.

    `key` computes the fact (hashable) from one instance; the planner regroups by it.
    """

    def __init__(self, element: Element, key: Callable[[Any], Any], what: str) -> None:
        super().__init__(f"the instances of {element.segment!r} differ in {what}")
        self.element = element
        self.key = key


@dataclass(eq=False, slots=True, repr=False)
class Variable:
    """A value inside a definition.

    `label` is its name in the spec, None for a value that is only passed on. `read_later` says
    that it is used again after the element that follows it, so it must own its variable.
    `sizes` are its symbolic sizes (channels last), None where no closed form is known; where
    ranks differ among instances only the channels stand there. `shapes` are the real ones, one
    for each instance. A value labelled inside a loop and read outside is a list (`listed`);
    then sizes and shapes are empty here and stand in the references.
    """

    label: str | None
    sizes: tuple[Code | None, ...]
    shapes: tuple[Shape, ...]
    read_later: bool = False
    listed: bool = False

    @property
    def channels(self) -> Code | None:
        """The closed form of the last size."""
        return self.sizes[-1] if self.sizes else None


@dataclass(eq=False, slots=True, repr=False)
class Reference:
    """A use of a variable; `indices` pick from a list (`down[i]`).

    `sizes` are the symbolic sizes as they can be written at this place, `shapes` the real ones,
    one for each instance of the element that uses it.
    """

    variable: Variable
    indices: tuple[Code, ...] = ()
    sizes: tuple[Code | None, ...] = ()
    shapes: tuple[Shape, ...] = ()

    @property
    def channels(self) -> Code | None:
        """The closed form of the last size."""
        return self.sizes[-1] if self.sizes else None


@dataclass(eq=False, slots=True, repr=False)
class Element:
    """The base: one step of a body.

    `segment` is the lexical name that paths have for it (empty where it makes no segment: loops,
    choices, unlabelled groups), `indices` the loop counters that stand behind it
    (`conv[i]`; numbers where a loop was unrolled), `instances` what elaboration made of it, one
    for each instance of the body around it. `training_only` marks what only training outputs
    need.
    """

    segment: str
    inputs: tuple[Reference, ...]
    outputs: tuple[Variable, ...]
    instances: tuple[Node | Scope, ...]
    indices: tuple[Code, ...] = field(kw_only=True, default=())
    training_only: bool = field(kw_only=True, default=False)

    def fact(self, key: Callable[[Any], Any], what: str) -> Any:
        """The fact that all instances agree on, or `Disagreement`."""
        found = [key(instance) for instance in self.instances]
        if any(one != found[0] for one in found[1:]):
            raise Disagreement(self, key, what)
        return found[0]


@dataclass(eq=False, slots=True, repr=False)
class Body:
    """Elements in order; `incoming` is where it starts, `results` what it ends in.

    `scopes` are the instances of the body: the nearest scope of each.
    """

    elements: tuple[Element, ...]
    incoming: tuple[Variable, ...]
    results: tuple[Reference, ...]
    scopes: tuple[Scope, ...] = ()


@dataclass(eq=False, slots=True, repr=False)
class Apply(Element):
    """One op.

    `attributes` holds the code of every attribute but those that are not given and have no
    default; what was not written in the spec stands there as a constant. The stored forms
    (`((1, 1), (1, 1))`) stand in `instances[k].attributes`.
    """

    op: Op = field(kw_only=True)
    attributes: dict[str, Code] = field(kw_only=True)


@dataclass(eq=False, slots=True, repr=False)
class CallDefinition(Element):
    """A call of a block or network; `inputs` match `definition.inputs`.

    `arguments` are by parameter, in the order of the definition's parameters, only those that
    differ from the parameter's default; `keywords` are the parameters that the text names.
    """

    definition: Definition = field(kw_only=True)
    arguments: dict[str, Argument] = field(kw_only=True)
    keywords: frozenset[str] = field(kw_only=True, default=frozenset())


@dataclass(eq=False, slots=True, repr=False)
class CallParameter(Element):
    """A use of a layer parameter of this definition (fresh at each use, no weights)."""

    parameter: str = field(kw_only=True)


@dataclass(eq=False, slots=True, repr=False)
class CallShared(Element):
    """A use of a layer instance; the same `layer` object at every use."""

    layer: SharedLayer = field(kw_only=True)


@dataclass(eq=False, slots=True, repr=False)
class Declare(Element):
    """The place where a layer instance is declared (no inputs, no outputs, no instances)."""

    layer: SharedLayer = field(kw_only=True)


@dataclass(eq=False, slots=True, repr=False)
class Group(Element):
    """A body with a name (`labelled`) or without.

    A labelled chain, braces, or a use of a layer parameter with the recipe put in its place.
    """

    body: Body = field(kw_only=True)
    labelled: bool = field(kw_only=True)


@dataclass(eq=False, slots=True, repr=False)
class Let(Element):
    """`let name = value` (no inputs, no outputs, no instances)."""

    name: str = field(kw_only=True)
    value: Code = field(kw_only=True)
