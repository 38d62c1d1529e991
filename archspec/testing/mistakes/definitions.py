"""Mistakes in a definition or a statement of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from archspec.dimensions import elements
from archspec.syntax import (
    Argument,
    Binary,
    Block,
    Body,
    Chain,
    Definition,
    Expect,
    File,
    Freeze,
    Input,
    Let,
    Name,
    Network,
    Output,
    Parameter,
    Statement,
    Type,
    Variant,
)
from archspec.testing.compiled import NETWORK
from archspec.testing.mistakes.planted import Planted
from archspec.testing.networks import DrawnNetwork
from archspec.testing.scope import Drawing
from archspec.testing.written import body, call, chain, expression


def _definition(network: DrawnNetwork, *added: Definition, end: bool = False) -> File:
    known = network.tree.definitions
    return File((*known, *added) if end else (*added, *known))


def _statement(drawing: Drawing, network: DrawnNetwork, *added: Statement) -> File:
    """The tree with statements somewhere between the inputs and the outputs."""
    *others, net = network.tree.definitions
    assert isinstance(net, Network)
    known = net.body.statements
    inputs = sum(isinstance(one, Input) for one in known)
    outputs = sum(isinstance(one, Output | Expect) for one in known)
    at = inputs + drawing.below(len(known) - inputs - outputs + 1)
    if any(isinstance(one, Output) for one in known):
        at = min(at, len(known) - outputs - 1)
    changed = Body((*known[:at], *added, *known[at:]))
    return File((*others, replace(net, body=changed)))


def unused_value(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A value that reaches no output."""
    wrong = chain(call("relu"), origin=["image"], label="orphan")
    *others, net = network.tree.definitions
    assert isinstance(net, Network)
    inputs = sum(isinstance(one, Input) for one in net.body.statements)
    kept = net.body.statements
    # First of all, so that the statement behind it starts from an input again.
    first = kept[inputs] if inputs < len(kept) else None
    start: tuple[Statement, ...] = (wrong,)
    if isinstance(first, Chain) and not first.origins:
        kept = (*kept[:inputs], replace(first, origins=(Name("image"),)), *kept[inputs + 1 :])
    elif not isinstance(first, Chain):
        start = (wrong, chain(call("identity"), origin=["image"]))
    changed = Body((*kept[:inputs], *start, *kept[inputs:]))
    tree = File((*others, replace(net, body=changed)))
    return Planted("a value that reaches no output", ("unused-value",), tree, wrong)


def unused_let(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A constant that nothing reads."""
    wrong = Let("unread", expression(3))
    tree = _statement(drawing, network, wrong)
    return Planted("a constant that nothing reads", ("unused-name",), tree, wrong)


def unused_parameter(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A parameter that nothing reads."""
    wrong = Parameter("unread", Type("int"), expression(3))
    block = Block("spare", (wrong,), body(chain(call("relu"))))
    tree = _definition(network, block)
    return Planted("a parameter that nothing reads", ("unused-parameter",), tree, wrong)


def unknown_type(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A type that does not exist."""
    wrong = Parameter("n", Type(drawing.pick("integer", "number", "layers")))
    block = Block("spare", (wrong,), body(chain(call("dense", "n"))))
    return Planted("an unknown type", ("unknown-type",), _definition(network, block), wrong)


def unknown_origin(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A chain that starts at a value that does not exist."""
    wrong = chain(call("relu"), origin=["imagee"])
    tree = _statement(drawing, network, wrong)
    return Planted("a value that does not exist", ("unknown-name",), tree, wrong)


def same_block(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """Two definitions of one name."""
    first = Block("spare", (), body(chain(call("relu"))))
    wrong = Block("spare", (), body(chain(call("tanh"))))
    tree = _definition(network, first, wrong)
    return Planted("two blocks of one name", ("duplicate-name",), tree, wrong)


def taken_name(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A block that is called like an op."""
    wrong = Block(drawing.choose(drawing.ops).name, (), body(chain(call("relu"))))
    tree = _definition(network, wrong)
    return Planted("a block called like an op", ("duplicate-name",), tree, wrong)


def same_parameter(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """Two parameters of one name."""
    first = Parameter("n", Type("int"))
    wrong = Parameter("n", Type("int"))
    block = Block("spare", (first, wrong), body(chain(call("dense", "n"))))
    tree = _definition(network, block)
    return Planted("two parameters of one name", ("duplicate-name",), tree, wrong)


def circle(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A block that uses itself."""
    wrong = call("spare")
    block = Block("spare", (), body(chain(call("relu"), wrong)))
    return Planted("a block that uses itself", ("recursion",), _definition(network, block), wrong)


def hidden_name(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A name that means something in Python."""
    wrong = Block("__init__", (), body(chain(call("relu"))))
    return Planted("a reserved name", ("reserved-name",), _definition(network, wrong), wrong)


def inner_input(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """An input inside a block."""
    wrong = Input("more", (expression(3),))
    block = Block("spare", (), body(wrong, chain(call("relu"))))
    tree = _definition(network, block)
    return Planted("an input in a block", ("misplaced-statement",), tree, wrong)


def no_input(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A network without an input."""
    wrong = Network("lonely", (), body(chain(call("relu"))))
    return Planted("a network without an input", ("no-input",), _definition(network, wrong), wrong)


def wrong_count(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """An expectation that does not hold."""
    graph = network.graph
    count = sum(elements(one.shape) for one in graph.weights.values() if one.trainable)
    wrong = Expect(Binary("==", Name("parameters"), expression(count + drawing.whole(1, 9))))
    *others, net = network.tree.definitions
    assert isinstance(net, Network)
    tree = File((*others, replace(net, body=Body((*net.body.statements, wrong)))))
    return Planted("an expectation that fails", ("expect-failed",), tree, wrong)


def not_yet(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """Something that this version cannot act on."""
    wrong = Freeze(Name("image"))
    tree = _statement(drawing, network, wrong)
    return Planted("a part without a meaning", ("not-supported", "unknown-name"), tree, wrong)


def unknown_network(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A variant of a network that does not exist."""
    wrong = Variant("second", "nett", ())
    tree = _definition(network, wrong, end=drawing.truth())
    return Planted("a variant of nothing", ("unknown-network",), tree, wrong)


def unknown_parameter(drawing: Drawing, network: DrawnNetwork) -> Planted:
    """A variant with an argument that the network does not take."""
    argument = Argument("no_such", expression(3))
    wrong = Variant("second", NETWORK, (argument,))
    tree = _definition(network, wrong, end=drawing.truth())
    codes = ("unknown-argument", "unknown-parameter")
    return Planted("a variant with an unknown argument", codes, tree, wrong)


Make = Callable[[Drawing, DrawnNetwork], Planted]
DEFINITIONS: tuple[Make, ...] = (
    unused_value,
    unused_let,
    unused_parameter,
    unknown_type,
    unknown_origin,
    same_block,
    taken_name,
    same_parameter,
    circle,
    hidden_name,
    inner_input,
    no_input,
    wrong_count,
    not_yet,
    unknown_network,
    unknown_parameter,
)


def broken_definition(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A definition or statement that is wrong."""
    return drawing.choose(DEFINITIONS)(drawing, network)
