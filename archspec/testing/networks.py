"""networks: draws valid networks, as a tree, as its text, and as the graph that it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from archspec.dimensions import Shape, elements
from archspec.ir import Graph
from archspec.ops import registry
from archspec.ops.op import Op
from archspec.syntax import Body, File, Input, Name, Network, Output, Parameter, Statement, Type
from archspec.testing.compiled import NETWORK, compiled, graph_of, print_file
from archspec.testing.featured import featured
from archspec.testing.scope import (
    DOCS,
    LABELS,
    MOST_ELEMENTS,
    PARAMETERS,
    Below,
    Drawing,
    Scope,
    known_ops,
)
from archspec.testing.statements import STATEMENTS
from archspec.testing.written import call, chain, expression, join

MOST_NODES = 30
FEATURED = 8
"""How often an op that must be there is tried."""


@dataclass(frozen=True)
class DrawnNetwork:
    """A network called `net`: the tree, its text, and its graph."""

    tree: File
    text: str
    graph: Graph

    def __repr__(self) -> str:
        # What hypothesis shows of a failure is then a spec that can be pasted.
        return f"\n{self.text}"


@st.composite
def networks(draw: st.DrawFn, ops: Sequence[str] = (), size: int = 4) -> DrawnNetwork:
    """Valid networks of up to `size` statements; with `ops`, each uses at least one of these."""
    return drawn_network(lambda count: draw(st.integers(0, count - 1)), ops, size)


def drawn_network(below: Below, ops: Sequence[str] = (), size: int = 4) -> DrawnNetwork:
    """One network from choices that `below` makes; `Random(seed).randrange` serves as one."""
    drawing = Drawing(below, known_ops(), (2, 1, 2, 3)[below(4)])
    builder = Builder(drawing)
    found = [op for name in ops if (op := registry.find(name)) is not None]
    if found:
        builder.feature(drawing.choose(found))
    for _ in range(drawing.whole(0 if found else 1, size)):
        builder.grow()
    builder.end()
    return builder.made()


class Builder:
    """Grows a network statement by statement; what the compiler refuses is left out again."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.scope = Scope()
        self.doc: str | None = None
        self.parameters: tuple[Parameter, ...] = ()
        most = {1: 9, 2: 7, 3: 4}[drawing.rank]
        # Sizes that differ, odd and even: mistakes hide behind square and even inputs.
        sizes = [drawing.whole(3 + axis, most + axis) for axis in range(drawing.rank)]
        self.shape: Shape = (*sizes, drawing.whole(1, 4))
        self.inputs: list[Statement] = [Input("image", tuple(map(expression, self.shape)))]
        drawing.taken |= {"image", "input"}
        self.scope.values["image"] = self.shape
        self._parameter()
        self.statements: list[Statement] = []
        if drawing.chance(20):
            self._second_input()
        self.graph = self._compiled([*self.statements, chain(call("identity"))])
        assert self.graph is not None, print_file(self._tree([chain(call("identity"))]))

    def _parameter(self) -> None:
        if self.drawing.chance(50):
            name = self.drawing.fresh(PARAMETERS)
            value = self.drawing.whole(1, 4)
            self.parameters = (Parameter(name, Type("int"), expression(value)),)
            self.scope.numbers[name] = value
            self.inputs.append(chain(call("dense", name)))
            self.shape = (*self.shape[:-1], value)

    def _second_input(self) -> None:
        """A second input, joined with the first at once."""
        name = self.drawing.fresh(("other", "left", "x_2"))
        shape = self.scope.values["image"]
        self.scope.values[name] = shape
        first, *rest = self.inputs
        both = join("concat", chain(origin=["image"]), chain(call("tanh"), origin=[name]))
        start = chain(call("concat"), origin=["image", name])
        if self.drawing.chance(50):
            start = chain(both, origin=["image"])
        self.inputs = [first, Input(name, tuple(map(expression, shape))), start, *rest]
        if not rest:
            self.shape = (*shape[:-1], 2 * shape[-1])

    def _tree(self, statements: Sequence[Statement]) -> File:
        body = Body((*self.inputs, *statements))
        net = Network(NETWORK, self.parameters, body, self.doc)
        return File((*self.drawing.definitions, net))

    def _compiled(self, statements: Sequence[Statement]) -> Graph | None:
        graph = graph_of(self._tree(statements), strict=True)
        if graph is None or len(graph.nodes) > MOST_NODES:
            return None
        values = [one for node in graph.nodes for one in node.outputs]
        if any(elements(one.shape) > 2 * MOST_ELEMENTS for one in values):
            return None
        return graph

    def attempt(self, statements: list[Statement]) -> bool:
        """Add statements where the compiler accepts them."""
        graph = self._compiled([*self.statements, *statements])
        if graph is None:
            return False
        self.statements += statements
        self.graph = graph
        self.shape = graph.outputs[0].shape
        return True

    def grow(self) -> None:
        """Draw one more statement."""
        drawing, scope = self.drawing, self.scope
        known = dict(scope.values), dict(scope.numbers), list(drawing.definitions)
        blocks = list(drawing.blocks)
        made, _ = drawing.choose(STATEMENTS)(drawing, scope, self.shape)
        if not self.attempt(made):
            scope.values, scope.numbers, drawing.definitions = known
            drawing.blocks = blocks

    def feature(self, op: Op) -> None:
        """Use one op for certain, on a value of a rank that it takes."""
        for _ in range(FEATURED):
            made = featured(self.drawing, self.scope, op, self.shape)
            if made and self.attempt(made):
                return

    def end(self) -> None:
        """A head, and further outputs, some of them in training only."""
        drawing, scope = self.drawing, self.scope
        if drawing.chance(50):
            label = drawing.fresh(("result", *LABELS))
            head = [call("flatten"), call("dense", 3)]
            if len(self.shape) > 1 and drawing.chance(50):
                head[0] = call("global_avg_pool")
            end: list[Statement] = [chain(*head, label=label)]
            value = drawing.choose(tuple(scope.values))
            if drawing.chance(30):
                extra = drawing.fresh(("extra", *LABELS))
                other = chain(call("flatten"), call("dense", 2), origin=[value], label=extra)
                training = drawing.chance(60)
                end += [other, Output((Name(label),)), Output((Name(extra),), training)]
                if not training:
                    end[-2:] = [Output((Name(label), Name(extra)))]
            elif drawing.chance(30):
                end.append(Output((Name(label),)))
            self.attempt(end)
        if drawing.chance(20):
            self.doc = drawing.choose(DOCS)
        if not self.statements:
            self.attempt([chain(call("identity"))])

    def made(self) -> DrawnNetwork:
        """What was drawn."""
        text = print_file(self._tree(self.statements))
        read = compiled(text)
        graph = read.graph(NETWORK)
        assert graph is not None
        assert read.program is not None
        return DrawnNetwork(read.program.main, text, graph)


__all__ = ["DrawnNetwork", "drawn_network", "networks"]
