"""The plan of the code to be written: framework-free, made once, read by every back end.

A plan keeps the definitions of the spec (networks, blocks) with their parameters, loops, choices
and labels. Each element carries both its text (expressions over the definition's own names) and
its `instances` (what elaboration made of it), so that a writer takes a symbolic expression where
there is one, a constant where all instances agree on a fact, and else raises `Disagreement`.

The planner answers a `Disagreement` by planning again more finely: it splits a definition into
variants whose instances agree, or unrolls the loop whose rounds differ. A plan that is split and
unrolled everywhere is just the elaborated graph, so every network can be written.

Every element has at least one instance: an `if` arm that no instance took is not planned (see
`Choice`), and a loop without any round is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from archspec import syntax
from archspec.dimensions import Shape
from archspec.ir import Graph, Node, Scope
from archspec.ops.op import Op

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


@dataclass(eq=False, slots=True)
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


@dataclass(eq=False, slots=True)
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


@dataclass(eq=False, slots=True)
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


@dataclass(eq=False, slots=True)
class Apply(Element):
    """One op. `attributes` holds the code of every attribute but those that are not given and
    have no default; what was not written in the spec stands there as a constant.

    The stored forms (`((1, 1), (1, 1))`) stand in `instances[k].attributes`.
    """

    op: Op = field(kw_only=True)
    attributes: dict[str, Code] = field(kw_only=True)


@dataclass(eq=False, slots=True)
class CallDefinition(Element):
    """A call of a block or network; `arguments` by parameter, in the order of the definition's
    parameters, only those that differ from the parameter's default. `inputs` match
    `definition.inputs`."""

    definition: Definition = field(kw_only=True)
    arguments: dict[str, Argument] = field(kw_only=True)


@dataclass(eq=False, slots=True)
class CallParameter(Element):
    """A use of a layer parameter of this definition (fresh at each use, no weights)."""

    parameter: str = field(kw_only=True)


@dataclass(eq=False, slots=True)
class CallShared(Element):
    """A use of a layer instance; the same `layer` object at every use."""

    layer: SharedLayer = field(kw_only=True)


@dataclass(eq=False, slots=True)
class Declare(Element):
    """The place where a layer instance is declared (no inputs, no outputs, no instances)."""

    layer: SharedLayer = field(kw_only=True)


@dataclass(eq=False, slots=True)
class Group(Element):
    """A labelled chain, braces, a use of a layer parameter whose recipe was put in its place: a
    body with a name (`labelled`) or without."""

    body: Body = field(kw_only=True)
    labelled: bool = field(kw_only=True)


@dataclass(eq=False, slots=True)
class Carried:
    """The number of channels that a loop hands from round to round.

    In the body it is called `name`, as after the loop; `first` is its value before the loop,
    `following` the value that a round sets at its end. An inner loop may use the name of the
    outer one, then `first` (or the outer `following`) is just that name.
    """

    name: str
    first: Code
    following: Code


@dataclass(eq=False, slots=True)
class Loop(Element):
    """`for` and `repeat`. `iterable` is None for `repeat`, whose `count` is set instead.

    `counter` names the number of the round (from 0) in the `indices` of the body's elements;
    `counts` says that the target binds it anyway (`for i, x in enumerate(xs)`). `rounds[k]` are
    the iteration scopes of instance k; the instances of the body are all rounds one after
    another. `lists` are (value of one round, list of all rounds) for labelled values that are
    read outside. `carried` is None where the channels stay the same or nothing asks for them.
    """

    target: syntax.Target | None = field(kw_only=True)
    iterable: Code | None = field(kw_only=True)
    count: Code | None = field(kw_only=True)
    counter: str = field(kw_only=True)
    counts: bool = field(kw_only=True, default=False)
    body: Body = field(kw_only=True)
    rounds: tuple[tuple[Scope, ...], ...] = field(kw_only=True)
    carried: Carried | None = field(kw_only=True, default=None)
    lists: tuple[tuple[Variable, Variable], ...] = field(kw_only=True, default=())


@dataclass(eq=False, slots=True)
class Choice(Element):
    """`if`. Both bodies continue from `inputs`; an arm without elements passes the value.

    An arm that no instance took has `then_known` or `otherwise_known` False and an empty body;
    then writers write the other arm alone. Bodies without elements are always known.
    """

    condition: Code = field(kw_only=True)
    then: Body = field(kw_only=True)
    otherwise: Body = field(kw_only=True)
    then_known: bool = field(kw_only=True, default=True)
    otherwise_known: bool = field(kw_only=True, default=True)


@dataclass(eq=False, slots=True)
class Branch:
    """One branch of a join.

    `present` is the condition under which it exists, None where it always does. `loop` is set
    for `each`: its body is one round, and the join takes the results of all rounds in order.
    """

    body: Body
    label: str | None
    segment: str
    present: Code | None = None
    loop: Loop | None = None
    indices: tuple[Code, ...] = ()


@dataclass(eq=False, slots=True)
class Join(Element):
    """An op over branches, each starting from the incoming value; `apply` is the op itself.

    Where only one branch is present the result is that branch; `apply.instances` are the nodes
    of those instances that have the op.
    """

    branches: tuple[Branch, ...] = field(kw_only=True)
    apply: Apply = field(kw_only=True)


@dataclass(eq=False, slots=True)
class Let(Element):
    """`let name = value` (no inputs, no outputs, no instances)."""

    name: str = field(kw_only=True)
    value: Code = field(kw_only=True)


@dataclass(eq=False, slots=True)
class Body:
    """Elements in order; `incoming` is where it starts, `results` what it ends in.

    `scopes` are the instances of the body: the nearest scope of each.
    """

    elements: tuple[Element, ...]
    incoming: tuple[Variable, ...]
    results: tuple[Reference, ...]
    scopes: tuple[Scope, ...] = ()


@dataclass(eq=False, slots=True)
class LayerArgument:
    """What is passed for a layer parameter: one op without weights that keeps the shape
    (`leaky_relu(0.1)`), as a body of one `Apply`; or, where this definition hands on a layer
    parameter of its own, of one `CallParameter`."""

    body: Body


Argument = Code | LayerArgument


@dataclass(eq=False, slots=True)
class Parameter:
    """A parameter that the written code takes; `default` None where it must be given."""

    name: str
    type: syntax.Type
    default: Argument | None


@dataclass(eq=False, slots=True)
class SharedLayer:
    """`layer name = …`: planned once, over all its uses; its sizes are written in names that are
    known where it is declared. Paths of its weights start with `segment`."""

    name: str
    body: Body
    instances: tuple[Scope, ...]


@dataclass(eq=False, slots=True)
class Definition:
    """One class or function to write.

    `name` is the spec's name, with `_2`, `_3` for variants of one block that had to be split.
    `inputs` are what flows in: for a network its inputs by name, for a block the incoming value
    (label None) followed by its `value` parameters. `kind` is `network` or `block`.
    `results` of the body are named by `result_names` in a network.
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


@dataclass(eq=False, slots=True)
class Plan:
    """Everything to write for one graph: pure functions and the file's `let` values in use (both
    in an order in which each comes after what it needs), then definitions, callees first; the
    last definition is the network itself."""

    graph: Graph
    functions: tuple[syntax.Function, ...]
    constants: tuple[syntax.Constant, ...]
    definitions: tuple[Definition, ...]
    evaluate: Callable[[Code, Node | Scope], Any]
    """The value of an element's code for one of its instances; `ValueError` where it has none."""

    def constant(self, element: Element, code: Code) -> Any:
        """The value that the code has for all instances of the element, or `Disagreement`."""
        return element.fact(lambda instance: self.evaluate(code, instance), "a computed value")
