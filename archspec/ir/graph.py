"""The elaborated network: values and nodes in order, and the scopes that made them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from archspec import syntax
from archspec.dimensions import Shape
from archspec.ops.attributes import Attributes
from archspec.ops.initializer import Initializer
from archspec.ops.op import Op
from archspec.source import Span

Segment = tuple[str, tuple[int, ...]]
"""One part of a path: a name with the loop indices that stand behind it."""


def spell(path: tuple[Segment, ...]) -> str:
    """A path as people read it: `stage[2].bottleneck_2[0].main`."""
    return ".".join(name + "".join(f"[{i}]" for i in indices) for name, indices in path)


def dotted(path: tuple[Segment, ...]) -> str:
    """A path as weight files and layer names have it: `stage.2.bottleneck_2.0.main`."""
    return ".".join(".".join((name, *map(str, indices))) for name, indices in path)


@dataclass(eq=False, repr=False, slots=True)
class Value:
    """One array that flows through the network. `node` is None for an input."""

    shape: Shape
    path: tuple[Segment, ...]
    span: Span
    node: Node | None = None
    output: int = 0
    non_negative: bool = False

    def __repr__(self) -> str:
        return f"<Value {self.name} {self.shape}>"

    @property
    def name(self) -> str:
        """The path of the node that makes it; for further outputs of one node with `:number`."""
        return spell(self.path) + (f":{self.output}" if self.output else "")


@dataclass(eq=False, repr=False, slots=True)
class Weight:
    """A tensor with its canonical dotted name, such as `stage.0.conv.kernel`.

    `users` are all nodes that use it; more than one where a layer instance is shared.
    """

    name: str
    role: str
    shape: tuple[int, ...]
    initializer: Initializer
    fans: tuple[int, int]
    trainable: bool
    users: list[Node] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Weight {self.name} {self.shape}>"


@dataclass(eq=False, repr=False, slots=True)
class Node:
    """One use of an op: `attributes` as resolved, `site` the call that made it.

    `weights` is keyed by the op's own names (`kernel`, `bias`).
    """

    op: Op
    attributes: Attributes
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]
    weights: dict[str, Weight]
    path: tuple[Segment, ...]
    span: Span
    scope: Scope
    site: syntax.Node

    def __repr__(self) -> str:
        return f"<Node {self.name}>"

    @property
    def name(self) -> str:
        """The path as people read it."""
        return spell(self.path)


ScopeKind = Literal[
    "network",  # a network: the root, or a network used as a layer; site: LayerCall or Network
    "block",  # one call of a block (or of an op's expansion); site: the LayerCall
    "layer",  # one use of a layer parameter or layer instance; site: the LayerCall
    "label",  # a labelled chain; site: the Chain
    "group",  # braces as a step; site: the Group
    "loop",  # a `for`, `repeat` or `each` as a whole; site: the For, Repeat or Branch
    "iteration",  # one round of a loop; site: that of the loop; `bindings` the loop variables
    "choice",  # an `if`; site: the If; `taken` the body that was elaborated, None for none
    "join",  # an op with branches; site: the LayerCall; its node is the last child
    "branch",  # one branch of a join; site: the Branch
]


@dataclass(eq=False, repr=False, slots=True)
class Scope:
    """One elaboration of one place in the text.

    The tree of scopes mirrors the text: `children` are scopes and nodes in the order of
    elaboration, each with the `site` that made it, so that a walk over the text can find, for
    each instance, what became of each step (`at`). Unlabelled chains make no scope of their own.
    `bindings` are the names that this scope introduces (arguments, loop variables, `let`s) with
    their values; a layer argument is a `Recipe`, a named value a `Value` or a list of them.
    `incoming` is the value that the scope starts from, `outgoing` what it results in. A branch
    with `each` is a loop whose iterations hold the steps of its chain directly; a branch with a
    label has no further scope for it. One use of a layer parameter holds what its recipe made:
    children whose site is `recipe.call`, or those of `recipe.body`.
    """

    kind: ScopeKind
    site: syntax.Node
    path: tuple[Segment, ...]
    parent: Scope | None = None
    definition: syntax.Block | syntax.Network | None = None
    bindings: dict[str, Any] = field(default_factory=dict)
    incoming: tuple[Value, ...] = ()
    outgoing: tuple[Value, ...] = ()
    children: list[Scope | Node] = field(default_factory=list)
    taken: syntax.Body | None = None
    made: tuple[int, dict[syntax.Node, list[Scope | Node]]] | None = field(
        default=None, init=False, repr=False
    )

    def __repr__(self) -> str:
        return f"<Scope {self.kind} {spell(self.path)}>"

    def at(self, site: syntax.Node) -> list[Scope | Node]:
        """The direct children that `site` made."""
        if self.made is None or self.made[0] != len(self.children):
            # Found once for all sites: a long body would else be searched for each of its steps.
            by_site: dict[syntax.Node, list[Scope | Node]] = {}
            for child in self.children:
                by_site.setdefault(child.site, []).append(child)
            self.made = len(self.children), by_site
        return list(self.made[1].get(site, ()))

    def walk(self) -> Iterator[Scope | Node]:
        """This scope and all below it, parents first, in order of elaboration."""
        stack: list[Scope | Node] = [self]
        while stack:
            found = stack.pop()
            yield found
            if isinstance(found, Scope):
                stack.extend(reversed(found.children))


@dataclass(eq=False, repr=False, slots=True)
class Recipe:
    """The value of a layer parameter or layer instance: what to apply, not yet applied.

    `call` for a named layer with its arguments, `body` for braces; `home` is the scope whose
    names it may use. `shared` is set for a layer instance: its weights belong to that scope.
    """

    call: syntax.LayerCall | None
    body: syntax.Body | None
    home: Scope
    spelling: str
    shared: Scope | None = None

    def __repr__(self) -> str:
        return f"<Recipe {self.spelling}>"


@dataclass(eq=False, repr=False, slots=True)
class Graph:
    """One network with all sizes known.

    `nodes` are in an order in which every node comes after what it needs. `training_outputs`
    are those that exist in training only. `definition` is the text it comes from, `arguments`
    the parameters in force.
    """

    name: str
    definition: syntax.Network
    arguments: dict[str, Any]
    root: Scope
    inputs: tuple[Value, ...] = ()
    input_names: tuple[str, ...] = ()
    outputs: tuple[Value, ...] = ()
    output_names: tuple[str, ...] = ()
    training_outputs: tuple[Value, ...] = ()
    training_output_names: tuple[str, ...] = ()
    nodes: list[Node] = field(default_factory=list)
    weights: dict[str, Weight] = field(default_factory=dict)
    doc: str | None = None

    def __repr__(self) -> str:
        return f"<Graph {self.name}, {len(self.nodes)} nodes>"
