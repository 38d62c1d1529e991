"""Elements that decide what is done, and how often: loops, choices, joins."""

from __future__ import annotations

from dataclasses import dataclass, field

from archspec import syntax
from archspec.ir import Scope
from archspec.lowering.element import Apply, Body, Code, Element, Variable


@dataclass(eq=False, slots=True, repr=False)
class Carried:
    """The number of channels that a loop hands from round to round.

    In the body it is called `name`, as after the loop; `first` is its value before the loop,
    `following` the value that a round sets at its end. `shares` is the name of another loop's
    channels that nothing reads any more once this loop starts, so that one variable serves both.
    """

    name: str
    first: Code
    following: Code
    shares: str | None = None


@dataclass(eq=False, slots=True, repr=False)
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


@dataclass(eq=False, slots=True, repr=False)
class Choice(Element):
    """`if`. Both bodies continue from `inputs`; an arm without elements passes the value.

    What an arm would be that no instance took is known from elaborating it aside; where that
    cannot be done, the other arm alone is planned.
    """

    condition: Code = field(kw_only=True)
    then: Body = field(kw_only=True)
    otherwise: Body = field(kw_only=True)


@dataclass(eq=False, slots=True, repr=False)
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


@dataclass(eq=False, slots=True, repr=False)
class Join(Element):
    """An op over branches, each starting from the incoming value; `apply` is the op itself.

    Where only one branch is present the result is that branch; `apply.instances` are the nodes
    of those instances that have the op.
    """

    branches: tuple[Branch, ...] = field(kw_only=True)
    apply: Apply = field(kw_only=True)
