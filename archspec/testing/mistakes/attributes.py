"""Mistakes in one attribute of one call, driven by the records of the ops."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archspec.dimensions import Shape
from archspec.ops.attribute import REQUIRED
from archspec.ops.attribute import Attribute as OpAttribute
from archspec.ops.op import Op
from archspec.syntax import Argument, Boolean, Expression, LayerCall, Node, Text
from archspec.testing.calls import DrawnCall, called, drawn_call, stored, takes, without_idle
from archspec.testing.chains import single
from archspec.testing.expressions import Written, literal, written
from archspec.testing.mistakes.planted import Asked, Planted, after, sites
from archspec.testing.networks import DrawnNetwork
from archspec.testing.scope import Drawing, Scope
from archspec.testing.written import expression

TRIES = 12


def broken_call(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A call of any op, behind one of the network's layers, with one wrong attribute."""
    known = sites(network)
    if not known:
        return None
    node = drawing.choose(known)
    shape = node.outputs[0].shape
    ops = [op for op in single(drawing.ops) if takes(op, (shape,)) and op.attributes]
    found = drawn_call(drawing, Scope(), drawing.choose(ops), (shape,))
    if found is None:
        return None
    make = drawing.choose([_range, _type, _unknown, _missing, _twice, _refused])
    broken = make(drawing, found, shape)
    if broken is None:
        return None
    title = f"{broken.what} of {found.op.name}"
    tree = after(network, node, broken.call)
    return Planted(title, broken.codes, tree, broken.at, asked=broken.asked, strict=broken.strict)


def any_rank(drawing: Drawing, network: DrawnNetwork) -> Planted | None:
    """A call of an op on a value with a number of axes that it does not take."""
    known = sites(network)
    if not known:
        return None
    node = drawing.choose(known)
    shape = node.outputs[0].shape
    ops = [op for op in single(drawing.ops) if not takes(op, (shape,))]
    if not ops:
        return None
    op = drawing.choose(ops)
    given = {
        one.name: written(drawing, Scope(), one, (3, 3, 2))
        for one in op.attributes
        if one.default is REQUIRED and one.kind != "sizes"
    }
    call = called(op, given)
    return Planted(
        f"a rank that {op.name} does not take", ("wrong-rank",), after(network, node, call), call
    )


@dataclass(frozen=True)
class Broken:
    """A call with one wrong attribute; `at` is the node that is wrong."""

    what: str
    codes: tuple[str, ...]
    call: LayerCall
    at: Node
    asked: Asked | None = None
    strict: str = ""


def _with(call: LayerCall, op: Op, name: str, value: Expression) -> tuple[LayerCall, Node]:
    """The call with another value for one attribute, and the argument that holds it."""
    required = [one.name for one in op.attributes if one.default is REQUIRED]
    arguments = list(call.arguments or ())
    for number, one in enumerate(arguments):
        if one.name == name or (one.name is None and required[number] == name):
            arguments[number] = made = replace(one, value=value)
            break
    else:
        made = Argument(name, value)
        arguments.append(made)
    return LayerCall(call.name, tuple(arguments)), made


def _range(drawing: Drawing, found: DrawnCall, shape: Shape) -> Broken | None:
    """A number outside the range of the attribute."""
    options = [(one, bad) for one in found.op.attributes for bad in _outside(one)]
    if not options:
        return None
    attribute, bad = drawing.choose(options)
    call, at = _with(found.call, found.op, attribute.name, literal(bad))
    # Reasons about whole numbers, or about a bound itself, are none for what lies far outside.
    bound = attribute.exclusive_maximum
    edge = bad == bound if bound is not None else attribute.kind == "float"
    strict = attribute.strict if edge else ""
    what = f"`{attribute.name}` outside of its range"
    return Broken(what, ("out-of-range",), call, at, strict=strict)


def _outside(attribute: OpAttribute) -> list[float]:
    if attribute.kind not in ("int", "float", "size", "padding", "pairs"):
        return []
    found: list[float] = []
    if attribute.minimum is not None:
        found.append(int(attribute.minimum) - 1)
    if attribute.maximum is not None:
        found.append(int(attribute.maximum) + 1)
    if attribute.exclusive_maximum is not None:
        found.append(float(attribute.exclusive_maximum))
    return found


def _type(drawing: Drawing, found: DrawnCall, shape: Shape) -> Broken:
    """A value of a type that the attribute does not take."""
    # What says nothing is told before its type is looked at.
    known = [one for one in found.op.attributes if not one.needs or found.attributes[one.needs]]
    attribute = drawing.choose(known)
    too_long = expression([1] * (len(shape) + 1))
    options: dict[str, list[Expression]] = {
        "int": [Boolean(True), literal(1.5), Text("3"), too_long],
        "float": [Boolean(True), Text("0.5"), too_long],
        "bool": [literal(1), Text("true")],
        "size": [Boolean(True), literal(1.5), too_long],
        "padding": [Boolean(False), literal(0.5), too_long],
        "pairs": [Boolean(False), literal(0.5), too_long],
        "sizes": [literal(4), Boolean(True)],
        "choice": [literal(1), Boolean(True)],
        "initializer": [literal(0.5), Boolean(True)],
    }
    call, at = _with(found.call, found.op, attribute.name, drawing.choose(options[attribute.kind]))
    return Broken(f"a value of the wrong type for `{attribute.name}`", ("wrong-type",), call, at)


def _unknown(drawing: Drawing, found: DrawnCall, shape: Shape) -> Broken:
    """An attribute that the op does not have."""
    name = drawing.choose(found.op.attributes).name
    wrong = (
        Argument(f"{name}s", literal(1))
        if not name.endswith("s")
        else Argument(name[:-1], literal(1))
    )
    call = LayerCall(found.call.name, (*(found.call.arguments or ()), wrong))
    return Broken(f"an attribute `{wrong.name}`", ("unknown-argument",), call, wrong)


def _missing(drawing: Drawing, found: DrawnCall, shape: Shape) -> Broken | None:
    """A required attribute that is not given."""
    required = [one.name for one in found.op.attributes if one.default is REQUIRED]
    if not required:
        return None
    arguments = found.call.arguments or ()
    last = arguments[len(required) - 1]
    kept = tuple(one for one in arguments if one is not last)
    call = LayerCall(found.call.name, kept or None)
    return Broken(f"no `{required[-1]}`", ("missing-argument",), call, call)


def _twice(drawing: Drawing, found: DrawnCall, shape: Shape) -> Broken | None:
    """An attribute that is given by place and again by name."""
    required = [one.name for one in found.op.attributes if one.default is REQUIRED]
    if not required:
        return None
    arguments = found.call.arguments or ()
    wrong = Argument(required[0], arguments[0].value)
    call = LayerCall(found.call.name, (*arguments, wrong))
    return Broken(f"`{required[0]}` given twice", ("repeated-argument",), call, wrong)


def _refused(drawing: Drawing, found: DrawnCall, shape: Shape) -> Broken | None:
    """Values that are right each, and that the op refuses for this input."""
    op = found.op
    for _ in range(TRIES):
        given: dict[str, Written] = {}
        for one in op.attributes:
            if one.default is REQUIRED or drawing.chance(40):
                value = written(drawing, Scope(), one, shape)
                wild = one.kind in ("size", "pairs", "int") and drawing.chance(50)
                least = int(one.minimum or 0)
                number = drawing.whole(least, 9)
                given[one.name] = (literal(number), number) if wild else value
        without_idle(op, given)
        attributes = stored(op, given, shape)
        problems = list(op.check(attributes, (shape,)))
        if problems:
            codes = tuple(dict.fromkeys(one.code for one in problems))
            call = called(op, given)
            rules = {"missing-argument", "conflicting-arguments", "out-of-range"}
            asked = None if rules & {*codes} else Asked(op, attributes, (shape,))
            about = [op.attribute(one.attribute or "") for one in problems]
            strict = "; ".join(one.strict for one in about if one is not None and one.strict)
            return Broken(f"values together ({codes[0]})", codes, call, call, asked, strict)
    return None
