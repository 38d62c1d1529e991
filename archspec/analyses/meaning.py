"""meaning: what a network computes at inference, whatever its layers are called."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from archspec.dimensions.window import amounts
from archspec.ir import Graph, Node, Value


def meaning(graph: Graph, bare: bool = False) -> str:
    """A digest that two networks share if they compute the same from the same weights.

    It sees ops, the attributes that matter at inference, sizes, and how values flow; it does not
    see names, blocks, loops, initial values, layers that do nothing at inference, nor the order
    in which an addition takes its terms. Networks that reach one function in different ways, such
    as padding by a layer of its own, keep different digests. `bare` leaves out an activation at
    the outputs, for networks that end in class scores.
    """
    known = {id(value): _hash("input", i, value.shape) for i, value in enumerate(graph.inputs)}
    weights = {name: i for i, name in enumerate(graph.weights)}
    for node in graph.nodes:
        known.update(_outputs(node, known, weights))
    ends = [_scores(value) if bare else value for value in graph.outputs]
    return _hash(*(known[id(value)] for value in ends))


def _outputs(node: Node, known: dict[int, str], weights: dict[str, int]) -> dict[int, str]:
    """The digests of what the node makes."""
    taken = [known[id(value)] for value in node.inputs]
    if node.op.inert:
        return {id(node.outputs[0]): taken[0]}
    if node.op.commutative:
        taken.sort()
    settings = [(name, _setting(node, name)) for name in node.attributes]
    shared = [weights[one.name] for one in node.weights.values() if len(one.users) > 1]
    own = _hash(node.op.name, settings, shared, *taken)
    return {id(value): _hash(own, value.output, value.shape) for value in node.outputs}


def _setting(node: Node, name: str) -> object:
    """What an attribute comes to: no initial values, and the cells that a padding adds."""
    value = node.attributes[name]
    attribute = node.op.attribute(name)
    if attribute is None or attribute.kind not in ("initializer", "padding"):
        return value
    if attribute.kind == "initializer":
        return None
    given: dict[str, Any] = dict(node.attributes.items())
    kernel = given["kernel"] if "kernel" in given else given["size"]
    stride, dilation = given["stride"] or kernel, given.get("dilation") or (1,) * len(kernel)
    return amounts(value, tuple(node.inputs[0].shape[:-1]), kernel, stride, dilation)


def _scores(value: Value) -> Value:
    """The value before a last activation, if there is one."""
    node = value.node
    return node.inputs[0] if node is not None and node.op.family == "activation" else value


def _hash(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()
