"""Which loops can keep their channels in the variable of an earlier loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archspec.lowering.contents import codes, parts_and_layer
from archspec.lowering.plan import (
    Body,
    Carried,
    Code,
    Definition,
    Element,
    Loop,
    Reference,
    Variable,
)
from archspec.lowering.rewrite import free_names


def share_channels(definition: Definition) -> None:
    """Give every loop the variable of an earlier one that nothing reads any more."""
    order = _Order()
    order.body(definition.body)
    order.references(definition.training_results)
    groups: list[list[_Span]] = []
    for span in order.loops:
        free = next((one for one in groups if not any(order.reads(x, span) for x in one)), None)
        if free is None:
            groups.append([span])
        else:
            span.carried.shares = free[0].carried.name
            free.append(span)


@dataclass(slots=True)
class _Span:
    """From where to where a loop goes in the order of reading."""

    carried: Carried
    start: int
    end: int = -1


class _Order:
    """What the code reads, in the order in which it is written."""

    def __init__(self) -> None:
        self.read: list[set[str]] = []
        self.loops: list[_Span] = []

    def reads(self, earlier: _Span, span: _Span) -> bool:
        """Whether the channels of the earlier loop are read once the other has started.

        A loop around it sets them anew at the end of its round.
        """
        end = earlier.end if span.start < earlier.end else len(self.read)
        return any(earlier.carried.name in one for one in self.read[span.start : end])

    def codes(self, codes: Sequence[Code | None]) -> None:
        found: set[str] = set()
        for one in codes:
            if one is not None:
                found |= free_names(one)
        self.read.append(found)

    def references(self, references: Sequence[Reference]) -> None:
        for one in references:
            self.codes([*one.sizes, *one.indices])

    def variables(self, variables: Sequence[Variable]) -> None:
        for one in variables:
            self.codes(one.sizes)

    def body(self, body: Body) -> None:
        for element in body.elements:
            self.element(element)
        self.references(body.results)

    def element(self, element: Element) -> None:
        self.references(element.inputs)
        self.codes(codes(element))
        span = self._start(element.carried) if isinstance(element, Loop) else None
        for inner in parts_and_layer(element):
            self.body(inner)
        if span is not None:
            self.codes([span.carried.following])
            span.end = len(self.read)
        self.variables(element.outputs)

    def _start(self, carried: Carried | None) -> _Span | None:
        if carried is None:
            return None
        self.codes([carried.first])
        self.loops.append(_Span(carried, len(self.read)))
        return self.loops[-1]
